import { constants, inflateRawSync } from 'node:zlib';
import type { DeflateSide } from '../row/row.ts';
import { readBlocks } from './compressed-blocks.ts';
import { WireViolation } from './frame-reader.ts';

/** RFC 7692 7.2.2: what was taken off the end. */
const tail = Buffer.of(0x00, 0x00, 0xff, 0xff);

/**
 * Reads what our side compressed as its strictest peer would: with no more than the window that was agreed on, and from
 * an empty one where it does not go on. Shares no code with holdfast.
 */
export class OurDeflate {
  readonly #side: DeflateSide;
  #window: Buffer = Buffer.alloc(0);

  constructor(side: DeflateSide) {
    this.#side = side;
  }

  /** The payload of the next message. Throws a WireViolation. */
  inflate(compressed: Uint8Array): Buffer {
    const windowBytes = 2 ** this.#side.windowBits;
    const message = Buffer.concat([compressed, tail]);
    const reach = readBlocks(message);
    if (reach.distance > windowBytes) throw new WireViolation(`a reference to ${reach.distance} bytes back`);
    if (reach.before > this.#window.length) throw new WireViolation(`a reference to ${reach.before} bytes before`);
    const payload = this.#inflate(message, windowBytes);
    if (payload.length !== reach.bytes) throw new WireViolation('a compressed message that goes on behind its end');
    if (this.#side.keepsContext) this.#window = lastOf(this.#window, payload, windowBytes);
    return payload;
  }

  #inflate(message: Buffer, windowBytes: number): Buffer {
    const { windowBits } = this.#side;
    // Read before it: Deno's zlib leaves a dictionary out in a raw stream.
    const input = Buffer.concat([storedBlock(this.#window), message]);
    try {
      const options = { windowBits, chunkSize: Math.max(1024, windowBytes), finishFlush: constants.Z_SYNC_FLUSH };
      return inflateRawSync(input, options).subarray(this.#window.length);
    } catch (error) {
      throw new WireViolation(`a compressed message that zlib refuses: ${(error as Error).message}`);
    }
  }
}

/** RFC 1951 3.2.4: a block without compression that is not the last; no window is too long for one. */
function storedBlock(bytes: Buffer): Buffer {
  const { length } = bytes;
  return Buffer.concat([Buffer.of(0, length, length >> 8, ~length, ~length >> 8), bytes]);
}

/** The last bytes of two pieces, at most so many. */
export function lastOf(before: Buffer, bytes: Buffer, count: number): Buffer {
  if (bytes.length >= count) return Buffer.from(bytes.subarray(-count));
  return Buffer.concat([before, bytes]).subarray(-count);
}
