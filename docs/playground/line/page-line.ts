import type { Clock } from '@holdfast/core';
import type { FaultState } from './line-faults.ts';
import type { Side, WireChunk } from './wire-chunk.ts';

/** What one end of a line is told. */
export interface LineEndHandler {
  onData(bytes: Uint8Array): void;
  /** The other end sends no more. */
  onFinish(): void;
  /** The line is gone, once: nothing comes after it. */
  onBroken(): void;
}

/** One thing on its way. */
interface Parcel {
  readonly dueAtMs: number;
  readonly arrive: () => void;
}

/** A connection of TCP, as far as a page needs one: bytes in order in both directions, ends, resets and faults. */
export class PageLine {
  readonly number: number;
  readonly client: LineEnd;
  readonly server: LineEnd;

  constructor(number: number, clock: Clock, faults: FaultState, onWire: (chunk: WireChunk) => void) {
    this.number = number;
    const tap = (from: Side) => (bytes: Uint8Array, kind: WireChunk['kind']) =>
      onWire({ line: number, from, bytes, atMs: clock.now(), kind });
    this.client = new LineEnd(clock, faults, tap('client'), () => this.server);
    this.server = new LineEnd(clock, faults, tap('server'), () => this.client);
  }

  /** Follows faults that have changed. */
  follow(): void {
    this.client.carry();
    this.server.carry();
  }

  /** Both ends are told at once that it is broken. */
  cut(): void {
    this.client.lose();
    this.server.lose();
    this.client.break();
    this.server.break();
  }
}

/** One end of a line, and the way from it to the other. */
export class LineEnd {
  handler: LineEndHandler = { onData() {}, onFinish() {}, onBroken() {} };
  readonly #clock: Clock;
  readonly #faults: FaultState;
  readonly #tap: (bytes: Uint8Array, kind: WireChunk['kind']) => void;
  readonly #other: () => LineEnd;
  #onTheWay: Parcel[] = [];
  #cancel: (() => void) | undefined;
  #isGone = false;
  #hasFinished = false;
  #isPeerFinished = false;

  constructor(
    clock: Clock,
    faults: FaultState,
    tap: (bytes: Uint8Array, kind: WireChunk['kind']) => void,
    other: () => LineEnd,
  ) {
    this.#clock = clock;
    this.#faults = faults;
    this.#tap = tap;
    this.#other = other;
  }

  /** Whether it takes bytes. */
  get isWritable(): boolean {
    return !this.#isGone && !this.#hasFinished;
  }

  /** Sends bytes, which must not change; `onTaken` is called when they have arrived. */
  write(bytes: Uint8Array, kind: WireChunk['kind'], onTaken?: () => void): void {
    if (!this.isWritable) return;
    this.#tap(bytes, kind);
    this.tell(() => {
      const other = this.#other();
      if (!other.#isGone) other.handler.onData(bytes);
      onTaken?.();
    });
  }

  /** Calls this when what was sent before it has arrived. */
  tell(arrive: () => void): void {
    this.#onTheWay.push({ dueAtMs: this.#clock.now() + this.#faults.delayMs, arrive });
    if (this.#onTheWay.length === 1) this.carry();
  }

  /** Sends no more. */
  finish(): void {
    if (!this.isWritable) return;
    this.#hasFinished = true;
    this.tell(() => this.#other().#onPeerFinished());
    if (this.#isPeerFinished) this.break();
  }

  /** Lets go without a word to its own handler; the other end is told as soon as the line carries it. */
  abandon(): void {
    if (this.#isGone) return;
    this.tell(() => this.#other().break());
    this.#isGone = true;
  }

  /** The line ends here, and the handler is told. */
  break(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.handler.onBroken();
  }

  /** What is on its way from here does not arrive. */
  lose(): void {
    this.#onTheWay = [];
    this.#cancel?.();
  }

  /** Lets arrive what is due, and waits for the rest; while the line holds, for the end of that. */
  carry(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const [next] = this.#onTheWay;
    if (!next || this.#faults.isHolding) return;
    this.#cancel = this.#clock.after(Math.max(0, next.dueAtMs - this.#clock.now()), () => this.#land());
  }

  /** All that is due, together: a task for each would be slow. */
  #land(): void {
    const nowMs = this.#clock.now();
    while (this.#onTheWay[0] && !this.#faults.isHolding && this.#onTheWay[0].dueAtMs <= nowMs) {
      this.#onTheWay.shift()?.arrive();
    }
    this.carry();
  }

  #onPeerFinished(): void {
    if (this.#isGone) return;
    this.#isPeerFinished = true;
    this.handler.onFinish();
    if (this.#hasFinished) this.break();
  }
}
