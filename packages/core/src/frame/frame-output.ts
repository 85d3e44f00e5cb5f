import { type ByteKernels, portableKernels } from './byte-kernels.ts';
import { checkFrame, firstByte, type FrameInit, headerBytes, writeHeader } from './frame-header.ts';
import { isControl } from './frame.ts';
import { type OutputChunk, type OutputMemory, portableMemory } from './output-memory.ts';

/** A longer frame may be cut where a chunk ends; so much of a chunk is left over at the most, in bytes. */
const maxWholeBytes = 8 * 1024;

/** A longer text is measured before it is written: to leave room for three bytes a character would waste too much. */
const maxGuessedLength = 2048;

const nothing: readonly Uint8Array[] = [];
const encoder = new TextEncoder();

/**
 * Frames to bytes, in as few pieces as can be: many small frames of one turn are one write, which costs less than twenty
 * of them apart. Payloads and texts are written to where they are sent from, and masked there.
 */
export class FrameOutput {
  readonly #memory: OutputMemory;
  readonly #kernels: ByteKernels;
  #pieces: Uint8Array[] = [];
  /** The piece that grows: its memory, its beginning and its end. */
  #chunk: OutputChunk | undefined;
  #start = 0;
  #end = 0;

  constructor(memory: OutputMemory = portableMemory, kernels: ByteKernels = portableKernels) {
    this.#memory = memory;
    this.#kernels = kernels;
  }

  /** Adds a frame, masked where there is a key. Throws as `encodeFrame` does on a control frame that no peer would take. */
  write(frame: FrameInit, maskingKey: Uint8Array | undefined): void {
    const { opcode, payload } = frame;
    // Data frames are made by the protocol alone, and cannot be wrong.
    if (isControl(opcode)) checkFrame(frame);
    this.writeBytes(firstByte(frame), payload, maskingKey);
  }

  /** Adds a frame by its first byte and its payload. */
  writeBytes(first: number, payload: Uint8Array, maskingKey: Uint8Array | undefined): void {
    const { length } = payload;
    const at = this.#writeHeader(first, length, maskingKey);
    const end = at + length;
    const { bytes } = this.#memory.chunk;
    if (end > bytes.length) return this.#spreadBytes(at, payload, maskingKey);
    bytes.set(payload, at);
    return this.#finish(at, end, maskingKey, 0);
  }

  /** Adds a frame of a well-formed text; answers the length of its payload, in bytes. */
  writeText(first: number, text: string, maskingKey: Uint8Array | undefined): number {
    if (text.length > maxGuessedLength) return this.#writeLongText(first, text, maskingKey);
    this.#reserve(headerBytes(3 * text.length, true) + 3 * text.length);
    const { bytes } = this.#memory.chunk;
    const start = this.#memory.end;
    const guessed = start + headerBytes(text.length, maskingKey !== undefined);
    const length = this.#kernels.writeUtf8(bytes, guessed, text);
    const at = start + headerBytes(length, maskingKey !== undefined);
    // Only of a text that is short, and has characters of several bytes.
    if (at > guessed) bytes.copyWithin(at, guessed, guessed + length);
    writeHeader(bytes, start, first, length, maskingKey);
    this.#finish(at, at + length, maskingKey, 0);
    return length;
  }

  /** Adds bytes that were framed before. */
  add(bytes: Uint8Array): void {
    this.#endPiece();
    this.#pieces.push(bytes);
  }

  /** The bytes since the last call, in order. */
  take(): readonly Uint8Array[] {
    this.#endPiece();
    if (this.#pieces.length === 0) return nothing;
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** Tells that a piece was written, so that its memory serves again. */
  release(piece: Uint8Array): void {
    this.#memory.release(piece);
  }

  #writeLongText(first: number, text: string, maskingKey: Uint8Array | undefined): number {
    const length = this.#kernels.utf8Length(text);
    const at = this.#writeHeader(first, length, maskingKey);
    const { bytes } = this.#memory.chunk;
    if (at + length <= bytes.length) {
      this.#kernels.writeUtf8(bytes, at, text);
      this.#finish(at, at + length, maskingKey, 0);
    } else this.#spreadText(at, text, length, maskingKey);
    return length;
  }

  #spreadBytes(at: number, payload: Uint8Array, maskingKey: Uint8Array | undefined): void {
    let place = at;
    for (let done = 0; ; place = 0) {
      const { bytes } = this.#memory.chunk;
      const part = payload.subarray(done, done + bytes.length - place);
      bytes.set(part, place);
      this.#finish(place, place + part.length, maskingKey, done);
      done += part.length;
      if (done === payload.length) return;
      this.#nextChunk();
    }
  }

  #spreadText(at: number, text: string, length: number, maskingKey: Uint8Array | undefined): void {
    let place = at;
    let rest = text;
    for (let done = 0; ; place = 0) {
      const { read, written } = encoder.encodeInto(rest, this.#memory.chunk.bytes.subarray(place));
      this.#finish(place, place + written, maskingKey, done);
      rest = rest.slice(read);
      done += written;
      if (done === length) return;
      this.#nextChunk();
    }
  }

  /** Writes a header where its payload may follow, be it in parts; answers where that begins. */
  #writeHeader(first: number, length: number, maskingKey: Uint8Array | undefined): number {
    this.#reserve(Math.min(headerBytes(length, maskingKey !== undefined) + length, maxWholeBytes));
    return writeHeader(this.#memory.chunk.bytes, this.#memory.end, first, length, maskingKey);
  }

  /** Ends what was written so far of a frame, or all of it. */
  #finish(start: number, end: number, maskingKey: Uint8Array | undefined, offset: number): void {
    if (maskingKey) this.#memory.chunk.mask(start, end, maskingKey, offset);
    this.#memory.end = end;
    this.#end = end;
  }

  #reserve(bytes: number): void {
    const memory = this.#memory;
    if (memory.end + bytes > memory.chunk.bytes.length) this.#nextChunk();
    // Another output may have written in between.
    else if (this.#chunk !== memory.chunk || this.#end !== memory.end) this.#beginPiece();
  }

  #nextChunk(): void {
    this.#memory.next();
    this.#beginPiece();
  }

  #beginPiece(): void {
    this.#endPiece();
    const { chunk, end } = this.#memory;
    chunk.hold();
    this.#chunk = chunk;
    this.#start = end;
    this.#end = end;
  }

  #endPiece(): void {
    if (this.#chunk) this.#pieces.push(this.#chunk.bytes.subarray(this.#start, this.#end));
    this.#chunk = undefined;
  }
}
