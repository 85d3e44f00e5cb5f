import { constants, deflateRawSync, type ZlibOptions } from 'node:zlib';
import type { DeflateSide } from '../row/row.ts';
import { lastOf } from './our-deflate.ts';

/** Compresses messages as a peer, by zlib alone (RFC 7692 7.2.1). */
export class PeerDeflate {
  readonly #side: DeflateSide;
  readonly #options: ZlibOptions;
  #window: Buffer = Buffer.alloc(0);

  constructor(side: DeflateSide, options: ZlibOptions = {}) {
    this.#side = side;
    // zlib has no raw window of 2^8; of one of 2^9 it looks back on 250 bytes at the most.
    this.#options = { windowBits: Math.max(9, side.windowBits), finishFlush: constants.Z_SYNC_FLUSH, ...options };
  }

  deflate(payload: Buffer): Buffer {
    const dictionary = this.#window.length > 0 ? { dictionary: this.#window } : {};
    const compressed = deflateRawSync(payload, { ...this.#options, ...dictionary });
    const { windowBits, keepsContext } = this.#side;
    if (keepsContext) this.#window = lastOf(this.#window, payload, 2 ** windowBits);
    return compressed.subarray(0, -4);
  }
}
