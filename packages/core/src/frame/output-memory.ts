import { type ByteKernels, portableKernels } from './byte-kernels.ts';

/** Memory that frames are written to, one behind the other. */
export interface OutputChunk {
  readonly bytes: Uint8Array;
  /** Masks what stands from `start` to `end`; `offset` is the place of the first byte in its payload (RFC 6455 5.3). */
  mask(start: number, end: number, key: Uint8Array, offset: number): void;
  /** A piece of it will be given to a transport: its bytes stay as they are until that piece was released. */
  hold(): void;
}

/** Where chunks come from: the seam for a platform that knows when a transport is done with one. */
export interface ChunkSource {
  /** The next chunk; nothing more is written to the one before. */
  take(): OutputChunk;
  /** A piece that was held has been written. */
  release(piece: Uint8Array): void;
}

/** The chunk that all outputs of a platform write to, and where its next frame goes: an output at rest holds none. */
export class OutputMemory {
  chunk: OutputChunk = { bytes: new Uint8Array(0), mask: () => {}, hold: () => {} };
  end = 0;
  readonly #source: ChunkSource;

  constructor(source: ChunkSource) {
    this.#source = source;
  }

  /** Goes on to the next chunk. */
  next(): void {
    this.chunk = this.#source.take();
    this.end = 0;
  }

  release(piece: Uint8Array): void {
    this.#source.release(piece);
  }
}

/** A chunk whose memory is given up when nobody holds it any more. */
export function freshChunk(bytes: Uint8Array, { mask }: Pick<ByteKernels, 'mask'>): OutputChunk {
  return {
    bytes,
    mask: (start, end, key, offset) => mask(bytes.subarray(start, end), key, offset),
    hold: () => {},
  };
}

/** Chunks of this many bytes. */
export const chunkBytes: number = 64 * 1024;

/** Where no platform brings its own. */
export const portableMemory: OutputMemory = new OutputMemory({
  take: () => freshChunk(new Uint8Array(chunkBytes), portableKernels),
  release: () => {},
});
