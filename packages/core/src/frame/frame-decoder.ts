import type { Frame } from './frame.ts';
import { FrameReader, type FrameReaderOptions, type PartialFrame } from './frame-reader.ts';

/** What a FrameDecoder is told. */
export type FrameDecoderOptions = FrameReaderOptions;

/**
 * Bytes to frames (RFC 6455 5.2), in chunks of any size. A rule that a frame breaks is told as soon as the bytes that
 * show it are there, before the payload; a length is held against the limit before anything is kept for it. After a
 * fault every call throws that same fault: a stream cannot be read on behind it.
 */
export class FrameDecoder {
  readonly #reader: FrameReader;

  constructor(options: FrameDecoderOptions) {
    this.#reader = new FrameReader(options);
  }

  /**
   * Takes a chunk and answers the frames that it completes. Payloads may be views of the chunk, so it must not change
   * afterwards. Throws a HoldfastError with a `closeCode`; frames that stood whole before the fault are answered first,
   * and the fault is thrown by the next call.
   */
  push(chunk: Uint8Array): Frame[] {
    this.feed(chunk);
    const frames: Frame[] = [];
    try {
      for (let frame = this.next(); frame; frame = this.next()) frames.push(frame);
    } catch (error) {
      if (frames.length === 0) throw error;
    }
    return frames;
  }

  /** Takes a chunk for `next()`, which answers its frames one at a time. */
  feed(chunk: Uint8Array): void {
    this.#reader.feed(chunk);
  }

  /** The next whole frame, or `undefined` until more bytes arrive. Throws as `push` does, in the order of the bytes. */
  next(): Frame | undefined {
    return this.#reader.advance() ? this.#reader.takeFrame() : undefined;
  }

  /** The frame that `next()` waits for, once its header has arrived. */
  get partial(): PartialFrame | undefined {
    const { partial } = this.#reader;
    if (!partial) return undefined;
    const { fin, rsv1, opcode, payloadBytes } = partial;
    return { fin, rsv1, opcode, payloadBytes };
  }

  /** A copy, unmasked, of what has arrived of the partial frame's payload, from its byte `from` on. */
  peekPayload(from: number): Uint8Array {
    return this.#reader.peekPayload(from);
  }
}
