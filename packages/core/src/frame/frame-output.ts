import { encodeFrame, writeFrame } from './encode-frame.ts';
import { checkFrame, type FrameInit, headerBytes } from './frame-header.ts';

/** Memory for frames that are short, one behind the other, in bytes. */
const chunkBytes = 32 * 1024;

/** A longer frame has memory of its own, so that little of a chunk is left over. */
const maxSharedBytes = 8 * 1024;

/** What all outputs write to, and where the next frame goes. What was written is not written again. */
let chunk: Uint8Array = new Uint8Array(0);
let chunkEnd = 0;

/**
 * Frames to bytes, in as few pieces as can be: many small frames of one turn are one write. The memory of short ones is
 * shared by all outputs, so that one at rest holds none; only the piece that was handed out is anybody's.
 */
export class FrameOutput {
  #pieces: Uint8Array[] = [];
  /** The piece that grows: its memory, its beginning and its end. */
  #chunk: Uint8Array | undefined;
  #start = 0;
  #end = 0;

  /** Adds a frame. Throws as `encodeFrame` does. */
  write(frame: FrameInit): void {
    const bytes = headerBytes(frame.payload.length, frame.maskingKey !== undefined) + frame.payload.length;
    if (bytes > maxSharedBytes) return this.add(encodeFrame(frame));
    checkFrame(frame);
    if (chunkEnd + bytes > chunk.length) {
      chunk = new Uint8Array(chunkBytes);
      chunkEnd = 0;
    }
    // Another output may have written in between.
    if (this.#chunk !== chunk || this.#end !== chunkEnd) this.#beginPiece();
    chunkEnd = writeFrame(chunk, chunkEnd, frame);
    this.#end = chunkEnd;
  }

  /** Adds bytes that were framed before. */
  add(bytes: Uint8Array): void {
    this.#endPiece();
    this.#pieces.push(bytes);
  }

  /** The bytes since the last call, in order. */
  take(): Uint8Array[] {
    this.#endPiece();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #beginPiece(): void {
    this.#endPiece();
    this.#chunk = chunk;
    this.#start = chunkEnd;
  }

  #endPiece(): void {
    if (this.#chunk) this.#pieces.push(this.#chunk.subarray(this.#start, this.#end));
    this.#chunk = undefined;
  }
}
