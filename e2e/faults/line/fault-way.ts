import type { Socket } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';

/** What one direction of a line does with the bytes that come in at its beginning. */
export class FaultWay {
  /** Bytes that went out at the other end. */
  passedBytes = 0;
  readonly #from: Socket;
  readonly #to: Socket;
  #isStalled = false;
  #isBlocked = false;
  #delayMs = 0;
  #sizes: readonly number[] = [];
  #leftBytes = Number.POSITIVE_INFINITY;
  #onCut = () => {};
  /** Pieces go out one after the other, each when its time has come. */
  #last: Promise<void> = Promise.resolve();

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('error', () => {});
    from.on('close', () => this.#end());
  }

  /** Swallows all that comes, and its end too. */
  stall(): void {
    this.#isStalled = true;
  }

  /** Reads no more: the sender's buffers fill. */
  block(): void {
    this.#isBlocked = true;
    this.#from.pause();
  }

  unblock(): void {
    this.#isBlocked = false;
    this.#from.resume();
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  split(sizes: readonly number[]): void {
    this.#sizes = sizes;
  }

  /** Passes so many more bytes, and then calls. */
  cutAfter(bytes: number, onCut: () => void): void {
    this.#leftBytes = bytes;
    this.#onCut = onCut;
  }

  #take(chunk: Buffer): void {
    const dueMs = performance.now() + this.#delayMs;
    this.#last = this.#last.then(() => this.#pass(chunk, dueMs));
  }

  async #pass(chunk: Buffer, dueMs: number): Promise<void> {
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    for (const piece of cut(chunk, this.#sizes)) {
      if (this.#isStalled || this.#leftBytes === 0) return;
      const isLast = piece.length >= this.#leftBytes;
      await this.#write(isLast ? piece.subarray(0, this.#leftBytes) : piece);
      this.#leftBytes -= Math.min(piece.length, this.#leftBytes);
      if (isLast) this.#onCut();
    }
  }

  /** Pieces travel apart only when the one before has left; who does not take them is waited for. */
  async #write(piece: Buffer): Promise<void> {
    if (this.#to.destroyed) return;
    this.passedBytes += piece.length;
    const written = new Promise<void>((resolve) => this.#to.write(piece, () => resolve()));
    if (this.#sizes.length > 0) await written.then(() => turn());
    else if (this.#to.writableNeedDrain) {
      this.#from.pause();
      await written;
      if (!this.#isBlocked) this.#from.resume();
    }
  }

  #end(): void {
    this.#last = this.#last.then(() => {
      if (!this.#isStalled) this.#to.destroySoon();
    });
  }
}

/** The chunk in pieces of these sizes, over and over; whole without sizes. */
function* cut(chunk: Buffer, sizes: readonly number[]): Generator<Buffer> {
  if (sizes.length === 0) return yield chunk;
  for (let at = 0, n = 0; at < chunk.length; n++) {
    const size = sizes[n % sizes.length]!;
    yield chunk.subarray(at, at + size);
    at += size;
  }
}
