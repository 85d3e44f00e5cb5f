import type { BlockHash } from './block-hash.ts';

/** SHA-256 (RFC 6234), block by block. It names nothing outside of itself: a page runs its source in a worker. */
export function sha256(): BlockHash {
  // RFC 6234 5.1: the first 32 bits of the fractional parts of the cube roots of the first 64 primes, and 6.1: of the
  // square roots of the first eight.
  const constants = new Int32Array(64);
  const state = new Int32Array(8);
  const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  for (let candidate = 2, count = 0; count < 64; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) isPrime = false;
    if (!isPrime) continue;
    if (count < 8) state[count] = fraction(candidate ** (1 / 2));
    constants[count++] = fraction(candidate ** (1 / 3));
  }
  const words = new Int32Array(64);

  const addBlock = (bytes: Uint8Array, start: number) => {
    for (let index = 0, at = start; index < 16; index++, at += 4) {
      words[index] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let index = 16; index < 64; index++) {
      const early = words[index - 15]!;
      const late = words[index - 2]!;
      const small0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
      const small1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
      words[index] = (words[index - 16]! + small0 + words[index - 7]! + small1) | 0;
    }
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let index = 0; index < 64; index++) {
      const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const first = (h + big1 + ((e & f) ^ (~e & g)) + constants[index]! + words[index]!) | 0;
      const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    state[0] = state[0]! + a;
    state[1] = state[1]! + b;
    state[2] = state[2]! + c;
    state[3] = state[3]! + d;
    state[4] = state[4]! + e;
    state[5] = state[5]! + f;
    state[6] = state[6]! + g;
    state[7] = state[7]! + h;
  };
  return { state, addBlock, isLittleEndian: false };
}
