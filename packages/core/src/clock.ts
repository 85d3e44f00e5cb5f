/** Time as a port: adapters bring the platform's, tests a fake one. The methods are called without their object. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  readonly now: () => number;
  /** Runs `task` once, `delayMs` from now, or never without a delay or beyond 2^31 - 1 ms; the answer cancels it. */
  readonly after: (delayMs: number | undefined, task: () => void) => () => void;
}

/** A timer for one task after the other. */
export class Timer {
  readonly #clock: Pick<Clock, 'after'>;
  #cancel: (() => void) | undefined;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** What it was set for before comes no more. Without a delay it rests. */
  set(delayMs?: number, task?: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(delayMs, task as () => void);
  }
}
