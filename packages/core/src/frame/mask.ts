import { HoldfastError } from '../errors.ts';

/** From here on it pays to look at the bytes as words of 4, which takes a view of them. */
const leastForWords = 256;

/**
 * Masks or unmasks in place (RFC 6455 5.3): XOR with a 4-byte key, repeated. `offset` is the place of `bytes[0]` in
 * the whole payload, so that a payload can be masked in pieces. Throws `invalid-frame` on a key that is not 4 bytes.
 */
export function applyMask(bytes: Uint8Array, key: Uint8Array, offset = 0): void {
  if (key.length !== 4) throw new HoldfastError('invalid-frame', `masking key of ${key.length} bytes: it has 4`);
  maskRange(bytes, 0, bytes.length, key, offset);
}

/** Copies a payload to its place in a frame, masked. */
export function copyMasked(target: Uint8Array, at: number, payload: Uint8Array, key: Uint8Array): void {
  if (payload.length >= leastForWords) {
    target.set(payload, at);
    return maskRange(target, at, at + payload.length, key);
  }
  for (let i = 0; i < payload.length; i++) target[at + i] = (payload[i] as number) ^ (key[i & 3] as number);
  return undefined;
}

/** The bytes from `start` to `end`, of which the first is at `offset` in its payload. */
function maskRange(bytes: Uint8Array, start: number, end: number, key: Uint8Array, offset = 0): void {
  if (end - start < leastForWords) return maskBytes(bytes, start, end, key, offset);
  // Words stand at multiples of 4 of their memory.
  const wordsStart = start + (-(bytes.byteOffset + start) & 3);
  const wordCount = (end - wordsStart) >>> 2;
  const wordsEnd = wordsStart + 4 * wordCount;
  maskBytes(bytes, start, wordsStart, key, offset);
  maskWords(new Int32Array(bytes.buffer, bytes.byteOffset + wordsStart, wordCount), key, offset + wordsStart - start);
  maskBytes(bytes, wordsEnd, end, key, offset + wordsEnd - start);
}

function maskBytes(bytes: Uint8Array, start: number, end: number, key: Uint8Array, offset: number): void {
  for (let i = start, at = offset; i < end; i++, at++) bytes[i] = (bytes[i] as number) ^ (key[at & 3] as number);
}

function maskWords(words: Int32Array, key: Uint8Array, offset: number): void {
  // In the order that the machine has for the bytes of a word.
  const turned = new Uint8Array(4);
  for (let i = 0; i < 4; i++) turned[i] = key[(offset + i) & 3] as number;
  const mask = new Int32Array(turned.buffer)[0] as number;
  const { length } = words;
  const whole = length & ~7;
  let i = 0;
  for (; i < whole; i += 8) {
    words[i] = (words[i] as number) ^ mask;
    words[i + 1] = (words[i + 1] as number) ^ mask;
    words[i + 2] = (words[i + 2] as number) ^ mask;
    words[i + 3] = (words[i + 3] as number) ^ mask;
    words[i + 4] = (words[i + 4] as number) ^ mask;
    words[i + 5] = (words[i + 5] as number) ^ mask;
    words[i + 6] = (words[i + 6] as number) ^ mask;
    words[i + 7] = (words[i + 7] as number) ^ mask;
  }
  for (; i < length; i++) words[i] = (words[i] as number) ^ mask;
}
