let madeText = '';
let madeLines = 0;

/** Text of so many bytes that looks like what apps send: lines of JSON, one like the other. */
export function textOf(bytes: number): string {
  while (madeText.length < bytes) {
    const n = madeLines++;
    madeText += `{"id":${n},"kind":"quote","price":${(n * 7919) % 1000},"at":"2026-01-0${n % 10}T00:00:00Z"}\n`;
  }
  return madeText.slice(0, bytes);
}

let madeBytes = new Uint8Array(0);

/** Bytes that look like chance and do not compress, the same each time. */
export function bytesOf(length: number): Uint8Array {
  if (madeBytes.length < length) madeBytes = chance(length);
  return madeBytes.subarray(0, length);
}

function chance(length: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = 0x2545f491;
  for (let n = 0; n < words.length; n++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[n] = state;
  }
  return new Uint8Array(words.buffer);
}

/** Text of so many characters that have 4 bytes each. */
export function wideTextOf(characters: number): string {
  let text = '';
  for (let n = 0; n < characters; n++) text += String.fromCodePoint(0x1f600 + (n % 64));
  return text;
}

/** Pieces of so many bytes, the last shorter. */
export function split(bytes: Uint8Array, length: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length));
  return pieces;
}
