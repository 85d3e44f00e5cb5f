import type { DeflateSide } from './negotiation.ts';
import type { ResolvedCompression } from './options.ts';
import { Pieces } from './pieces.ts';
import { deflatePool, type StreamPool } from './stream-pool.ts';
import { ZlibStream } from './zlib-stream.ts';

/** The empty block without compression that a flush ends with, but for its first bits (RFC 7692 7.2.1). */
const tailBytes = 4;

/** Payloads of messages to what travels of them (RFC 7692 7.2.1). */
export class Compressor {
  readonly #pool: StreamPool | undefined;
  readonly #options: { readonly windowBits: number; readonly level: number; readonly memLevel: number };
  readonly #thresholdBytes: number;
  /** The stream that keeps the window, from the first message on. */
  #stream: ZlibStream | undefined;

  constructor({ windowBits, keepsContext }: DeflateSide, { level, memLevel, thresholdBytes }: ResolvedCompression) {
    // zlib knows no raw window of 2^8; of one of 2^9 it looks back on 250 bytes at the most, which fit into it.
    this.#options = { windowBits: Math.max(9, windowBits), level, memLevel };
    this.#pool = keepsContext ? undefined : deflatePool(this.#options.windowBits, level, memLevel);
    this.#thresholdBytes = thresholdBytes ?? (keepsContext ? 32 : 1024);
  }

  /** The compressed payload, or `undefined` where this one travels better as it is. */
  compress(payload: Uint8Array): Uint8Array | undefined {
    if (payload.length < this.#thresholdBytes) return undefined;
    // RFC 7692 7.2.3.6: of an empty block, only its header is left. zlib has nothing to flush.
    if (payload.length === 0) return Uint8Array.of(0);
    if (!this.#pool) return deflate((this.#stream ??= ZlibStream.deflate(this.#options)), payload);
    const stream = this.#pool.take();
    const compressed = deflate(stream, payload);
    this.#pool.giveBack(stream);
    return compressed.length < payload.length ? compressed : undefined;
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }
}

function deflate(stream: ZlibStream, payload: Uint8Array): Uint8Array {
  const pieces = new Pieces(Number.POSITIVE_INFINITY);
  stream.run(payload, pieces.add);
  return pieces.join(pieces.length - tailBytes);
}
