import type { BlockHash } from './block-hash.ts';

/**
 * MD5 (RFC 1321), block by block; it finds a fault of the line, and no forgery. It names nothing outside of itself: a page
 * runs its source in a worker.
 */
export function md5(): BlockHash {
  // RFC 1321 3.4: the integer part of 2^32 times abs(sin(i)).
  const constants = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));
  const turns = Uint8Array.of(7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const words = new Int32Array(16);

  const addBlock = (bytes: Uint8Array, start: number) => {
    for (let index = 0, at = start; index < 16; index++, at += 4) {
      words[index] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    }
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    for (let index = 0; index < 64; index++) {
      const round = index >> 4;
      let mixed: number;
      let word: number;
      if (round === 0) {
        mixed = (b & c) | (~b & d);
        word = index;
      } else if (round === 1) {
        mixed = (d & b) | (~d & c);
        word = (5 * index + 1) & 15;
      } else if (round === 2) {
        mixed = b ^ c ^ d;
        word = (3 * index + 5) & 15;
      } else {
        mixed = c ^ (b | ~d);
        word = (7 * index) & 15;
      }
      const sum = (a + mixed + constants[index]! + words[word]!) | 0;
      const turn = turns[(round << 2) | (index & 3)]!;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0;
    }
    state[0] = state[0]! + a;
    state[1] = state[1]! + b;
    state[2] = state[2]! + c;
    state[3] = state[3]! + d;
  };
  return { state, addBlock, isLittleEndian: true };
}
