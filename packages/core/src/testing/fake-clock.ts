import type { Clock } from '../clock.ts';

interface Timer {
  readonly dueAtMs: number;
  readonly task: () => void;
}

/** How many turns of promises are let pass for what a timer sets off. */
const settlingTurns = 50;

/** A clock that stands until a test moves it. */
export class FakeClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<Timer>();

  /** How many timers wait. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  readonly now = (): number => this.#nowMs;

  readonly after = (delayMs: number | undefined, task: () => void): (() => void) => {
    if (delayMs === undefined || delayMs >= 2 ** 31) return () => {};
    const timer = { dueAtMs: this.#nowMs + delayMs, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets time pass: each timer runs at its own time, and what it sets off is done before the next. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    await this.settle();
    for (let timer = this.#next(endMs); timer; timer = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueAtMs);
      this.#timers.delete(timer);
      timer.task();
      await this.settle();
    }
    this.#nowMs = endMs;
  }

  /** Jumps ahead, as a laptop that slept: the timers that came due meanwhile all run late, at the new time. */
  async jump(byMs: number): Promise<void> {
    this.#nowMs += byMs;
    await this.advance(0);
  }

  /** Lets promises do what is due now; no time passes. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < settlingTurns; turn++) await Promise.resolve();
  }

  #next(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAtMs <= endMs && (!next || timer.dueAtMs < next.dueAtMs)) next = timer;
    }
    return next;
  }
}
