import type { StreamingHash } from './streaming-hash.ts';

/**
 * MD5 (RFC 1321) of bytes that come piece by piece; `digest` is 32 hexadecimal digits and ends it. It finds a fault of the
 * line, and no forgery. It names nothing outside of itself: a page runs its source in a worker.
 */
export function md5(): StreamingHash {
  // RFC 1321 3.4: the integer part of 2^32 times abs(sin(i)).
  const constants = Int32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));
  const turns = Uint8Array.of(7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const words = new Int32Array(16);
  const block = new Uint8Array(64);
  let blockBytes = 0;
  let totalBytes = 0;

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
  const update = (bytes: Uint8Array) => {
    totalBytes += bytes.length;
    let at = 0;
    if (blockBytes > 0) {
      at = Math.min(64 - blockBytes, bytes.length);
      block.set(bytes.subarray(0, at), blockBytes);
      blockBytes += at;
      if (blockBytes < 64) return;
      addBlock(block, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) addBlock(bytes, at);
    block.set(bytes.subarray(at));
    blockBytes = bytes.length - at;
  };
  return {
    update,
    digest() {
      // RFC 1321 3.1, 3.2: a one bit, zeros, and the length in bits, its low byte first.
      const bits = totalBytes * 8;
      const end = new Uint8Array(((blockBytes + 72) & ~63) - blockBytes);
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, bits >>> 0, true);
      view.setUint32(end.length - 4, Math.floor(bits / 2 ** 32), true);
      update(end);
      return Array.from(new Uint8Array(state.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}
