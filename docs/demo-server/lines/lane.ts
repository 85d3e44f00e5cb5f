import type { Socket } from 'node:net';
import type { LineFaults } from './line-faults.ts';

/** Above this a lane reads no more until the other end has read. */
const maxWaitingBytes = 2 ** 20;

/** One direction of a line: what comes from one socket goes into the other, as late as the faults say. */
export class Lane {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #faults: () => LineFaults;
  readonly #tap: (piece: Uint8Array) => void;
  readonly #waiting: { readonly piece: Uint8Array | undefined; readonly dueAtMs: number }[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `tap` is told of each piece when it is handed on. */
  constructor(from: Socket, to: Socket, faults: () => LineFaults, tap: (piece: Uint8Array) => void) {
    this.#from = from;
    this.#to = to;
    this.#faults = faults;
    this.#tap = tap;
    from.on('data', (piece: Uint8Array) => this.push(piece));
    from.on('end', () => this.push(undefined));
    to.on('drain', () => this.passOn());
    to.on('close', () => clearTimeout(this.#timer));
  }

  /** Takes a piece, or the end. */
  push(piece: Uint8Array | undefined): void {
    this.#waiting.push({ piece, dueAtMs: performance.now() + this.#faults().delayMs });
    this.#waitingBytes += piece?.length ?? 0;
    if (this.#waitingBytes > maxWaitingBytes) this.#from.pause();
    this.passOn();
  }

  /** Hands on what is due. */
  passOn(): void {
    clearTimeout(this.#timer);
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#faults().isSilent || this.#to.destroyed || this.#to.writableNeedDrain) return;
      const leftMs = next.dueAtMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.passOn(), leftMs);
        return;
      }
      this.#waiting.shift();
      this.#hand(next.piece);
    }
  }

  #hand(piece: Uint8Array | undefined): void {
    if (!piece) return void this.#to.end();
    this.#waitingBytes -= piece.length;
    if (this.#from.isPaused() && this.#waitingBytes <= maxWaitingBytes) this.#from.resume();
    this.#tap(piece);
    this.#to.write(piece);
  }
}
