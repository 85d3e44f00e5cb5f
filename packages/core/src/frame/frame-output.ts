import { writeFrame } from './encode-frame.ts';
import { checkFrame, firstByte, type FrameInit, headerBytes } from './frame-header.ts';
import { isControl } from './frame.ts';

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

  /** Adds a frame, masked where there is a key. Throws as `encodeFrame` does on a control frame that no peer would take. */
  write(frame: FrameInit, maskingKey: Uint8Array | undefined): void {
    const { opcode, payload } = frame;
    // Data frames are made by the protocol alone, and cannot be wrong.
    if (isControl(opcode)) checkFrame(frame);
    const bytes = headerBytes(payload.length, maskingKey !== undefined) + payload.length;
    if (bytes > maxSharedBytes) return this.#writeAlone(bytes, frame, maskingKey);
    if (chunkEnd + bytes > chunk.length) {
      chunk = new Uint8Array(chunkBytes);
      chunkEnd = 0;
    }
    // Another output may have written in between.
    if (this.#chunk !== chunk || this.#end !== chunkEnd) this.#beginPiece();
    chunkEnd = writeFrame(chunk, chunkEnd, firstByte(frame), payload, maskingKey);
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

  #writeAlone(bytes: number, frame: FrameInit, maskingKey: Uint8Array | undefined): void {
    const own = new Uint8Array(bytes);
    writeFrame(own, 0, firstByte(frame), frame.payload, maskingKey);
    this.add(own);
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
