/** Text of so many bytes that looks like what apps send: lines of JSON, one like the other. */
export function textOf(bytes: number): string {
  const line = (n: number) =>
    `{"id":${n},"kind":"quote","price":${(n * 7919) % 1000},"at":"2026-01-0${n % 10}T00:00:00Z"}\n`;
  let text = '';
  for (let n = 0; text.length < bytes; n++) text += line(n);
  return text.slice(0, bytes);
}

/** Bytes that look like chance and do not compress, the same each time. */
export function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x2545f491;
  for (let n = 0; n < length; n++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[n] = state;
  }
  return bytes;
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
