import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  type DeflateRaw,
  type InflateRaw,
  type ZlibOptions,
} from 'node:zlib';

/**
 * What all runtimes have behind a stream of `node:zlib`, and what their own `deflateRawSync` is made of: a call that does
 * its work at once. `isZlibSynchronous` tells whether it does as is relied on here (docs/decisions/0006).
 */
interface ZlibHandle {
  writeSync(
    flush: number,
    input: Uint8Array,
    inputStart: number,
    inputBytes: number,
    output: Uint8Array,
    outputStart: number,
    outputBytes: number,
  ): void;
  onerror: (message: string) => void;
}

interface WithHandle {
  readonly _handle: ZlibHandle;
  /** How much is left after a call: of the output's room, and of the input, in bytes. */
  readonly _writeState: Readonly<Record<0 | 1, number>>;
}

/** How much is taken from zlib at a time, in bytes. */
const chunkBytes = 64 * 1024;

/** What the stream would write to by itself, it never does. */
const noBuffer = { chunkSize: constants.Z_MIN_CHUNK };

/** What zlib writes to, for all streams of this thread: what they take out of it is copied at once. */
let chunk: Uint8Array | undefined;

/** A raw stream of zlib that is kept open from message to message and does its work in the turn that asks for it. */
export class ZlibStream {
  readonly #stream: DeflateRaw | InflateRaw;
  readonly #handle: ZlibHandle;
  readonly #left: Readonly<Record<0 | 1, number>>;
  #fault: string | undefined;

  private constructor(stream: DeflateRaw | InflateRaw) {
    const { _handle, _writeState } = stream as unknown as WithHandle;
    this.#stream = stream;
    this.#handle = _handle;
    this.#left = _writeState;
    _handle.onerror = (message) => (this.#fault = message);
  }

  static deflate(options: ZlibOptions): ZlibStream {
    return new ZlibStream(createDeflateRaw({ ...options, ...noBuffer }));
  }

  static inflate(options: ZlibOptions): ZlibStream {
    return new ZlibStream(createInflateRaw({ ...options, ...noBuffer }));
  }

  /**
   * Takes all of the input up to where its blocks end for good, and flushes. `take` gets what comes out, piece by piece,
   * each in memory of its own, and answers whether it wants more. Answers how much of the input was not taken, in bytes.
   * Throws an Error with zlib's words on wrong input, after which the stream is of no use.
   */
  run(input: Uint8Array, take: (piece: Uint8Array) => boolean): number {
    const output = (chunk ??= new Uint8Array(chunkBytes));
    let left = input.length;
    do {
      this.#handle.writeSync(constants.Z_SYNC_FLUSH, input, input.length - left, left, output, 0, chunkBytes);
      if (this.#fault !== undefined) throw new Error(this.#fault);
      left = this.#left[1];
      const bytes = chunkBytes - this.#left[0];
      if (bytes > 0 && !take(output.slice(0, bytes))) break;
    } while (this.#left[0] === 0);
    return left;
  }

  /** Forgets what went before, the dictionary too where there was none. */
  reset(): void {
    this.#stream.reset();
  }

  /** Gives the memory back. */
  close(): void {
    this.#stream.close();
  }
}

let isSynchronous: boolean | undefined;

/** Whether this runtime's zlib can be used as a ZlibStream does: tried out once. */
export function isZlibSynchronous(): boolean {
  isSynchronous ??= tryOut();
  return isSynchronous;
}

function tryOut(): boolean {
  try {
    const words = ['one message', 'and one message more'];
    const [deflate, inflate] = [ZlibStream.deflate({ windowBits: 9 }), ZlibStream.inflate({ windowBits: 9 })];
    const isRight = words.every((word) => textOf(inflate, bytesOf(deflate, Buffer.from(word))) === word);
    for (const stream of [deflate, inflate]) stream.close();
    return isRight && refuses(Buffer.of(0xff));
  } catch {
    return false;
  }
}

function refuses(input: Uint8Array): boolean {
  const inflate = ZlibStream.inflate({});
  try {
    bytesOf(inflate, input);
    return false;
  } catch {
    return true;
  } finally {
    inflate.close();
  }
}

function textOf(stream: ZlibStream, input: Uint8Array): string {
  return Buffer.from(bytesOf(stream, input)).toString();
}

function bytesOf(stream: ZlibStream, input: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  stream.run(input, (piece) => pieces.push(piece) > 0);
  return Buffer.concat(pieces);
}
