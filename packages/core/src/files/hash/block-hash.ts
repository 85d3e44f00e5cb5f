/** A checksum of 64 bytes at a time, whose state becomes the digest. */
export interface BlockHash {
  readonly state: Int32Array;
  /** Takes the 64 bytes from `start` on. */
  readonly addBlock: (bytes: Uint8Array, start: number) => void;
  /** Whether the low byte of a word, and of the length at the end, comes first. */
  readonly isLittleEndian: boolean;
}

/** A checksum of bytes that come piece by piece. */
export interface StreamingHash {
  readonly update: (bytes: Uint8Array) => void;
  /** The checksum in hexadecimal digits, in lower case; nothing may follow. */
  readonly digest: () => string;
}

/** Makes blocks of what comes. It names nothing outside of itself: a page runs its source in a worker. */
export function hashBlocks({ state, addBlock, isLittleEndian }: BlockHash): StreamingHash {
  const block = new Uint8Array(64);
  let blockBytes = 0;
  let totalBytes = 0;
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
      // RFC 1321 3.1 and 3.2, RFC 6234 4.1: a one bit, zeros, and the length in bits.
      const bits = totalBytes * 8;
      const end = new Uint8Array(((blockBytes + 72) & ~63) - blockBytes);
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - (isLittleEndian ? 8 : 4), bits >>> 0, isLittleEndian);
      view.setUint32(end.length - (isLittleEndian ? 4 : 8), Math.floor(bits / 2 ** 32), isLittleEndian);
      update(end);
      const digest = new DataView(new ArrayBuffer(4 * state.length));
      state.forEach((word, index) => digest.setInt32(4 * index, word, isLittleEndian));
      return Array.from(new Uint8Array(digest.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}
