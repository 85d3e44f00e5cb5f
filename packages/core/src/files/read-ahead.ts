import { HoldfastError } from '../errors.ts';
import { dataHeaderBytes } from './file-data.ts';
import type { MessagePool } from './message-pool.ts';
import type { FileSource } from './ports.ts';

/** Bytes of a file in the message that they will travel in, whose header is not yet written. */
export interface Piece {
  readonly message: Uint8Array;
  /** Where in the file they belong. */
  readonly offset: number;
  /** The part of the message that they are. */
  readonly bytes: Uint8Array;
}

/** How a file is cut. */
export interface Cuts {
  /** Where reading begins, and an offset at which a piece ends; both within the file. */
  readonly start: number;
  readonly from: number;
  /** How much may be on its way. */
  readonly windowBytes: number;
}

/** The most bytes of a file in one message, so that others get their turn. */
const maxPieceBytes = 256 * 1024;

/** So much is read before it is asked for, in bytes: a disk, or a thread that waits for its turn, then holds up no line. */
const maxAheadBytes = 1024 * 1024;

/** Reads a source from one place to its end, one piece after the other, some of them ahead. */
export class ReadAhead {
  readonly #name: string;
  readonly #source: FileSource;
  readonly #pool: MessagePool;
  readonly #from: number;
  readonly #pieceBytes: number;
  readonly #aheadCount: number;
  readonly #ahead: Promise<Piece>[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #offset: number;
  #isStopped = false;

  constructor(name: string, source: FileSource, pool: MessagePool, { start, from, windowBytes }: Cuts) {
    this.#name = name;
    this.#source = source;
    this.#pool = pool;
    this.#offset = start;
    this.#from = from;
    this.#pieceBytes = Math.min(maxPieceBytes, Math.floor(windowBytes / 2));
    this.#aheadCount = Math.floor(Math.min(maxAheadBytes, windowBytes) / this.#pieceBytes);
  }

  /** The next piece, or undefined behind the last. Rejects with `file-source`. */
  next(): Promise<Piece> | undefined {
    while (this.#ahead.length < this.#aheadCount && this.#offset < this.#source.size) this.#ahead.push(this.#begin());
    return this.#ahead.shift();
  }

  /** Resolves when the source is not read any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#last.catch(() => {});
  }

  #begin(): Promise<Piece> {
    const offset = this.#offset;
    const end = offset < this.#from ? this.#from : this.#source.size;
    const message = this.#pool.take(dataHeaderBytes + Math.min(this.#pieceBytes, end - offset));
    const bytes = message.subarray(dataHeaderBytes);
    this.#offset += bytes.length;
    const reading = this.#last.then(() => this.#fill(bytes, offset)).then(() => ({ message, offset, bytes }));
    // It is waited for later, and perhaps not at all.
    reading.catch(() => {});
    this.#last = reading;
    return reading;
  }

  async #fill(bytes: Uint8Array, offset: number): Promise<void> {
    if (this.#isStopped) return;
    try {
      await this.#source.read(offset, bytes);
    } catch (cause) {
      throw new HoldfastError('file-source', `${this.#name} at ${offset}`, { cause });
    }
  }
}
