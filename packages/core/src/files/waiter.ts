import type { Clock } from '../clock.ts';

/** Waits for what others bring about, until something fails. One wait at a time. */
export class Waiter {
  readonly #after: Clock['after'];
  #failure: { readonly reason: unknown } | undefined;
  #onWake = () => {};

  constructor({ after }: Pick<Clock, 'after'>) {
    this.#after = after;
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Something happened: what is waited for may be so now. */
  wake(): void {
    this.#onWake();
  }

  /** Every wait rejects with this; the first reason stands. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.wake();
  }

  /** Throws the reason where it has failed. */
  check(): void {
    if (this.#failure) throw this.#failure.reason;
  }

  /** Waits until this is so; fails with `late` where nothing happens for so long. */
  async until(isSo: () => boolean, timeoutMs: number = Infinity, late?: () => unknown): Promise<void> {
    for (this.check(); !isSo(); this.check()) {
      const stop = this.#after(timeoutMs, () => this.fail(late?.()));
      await new Promise<void>((resolve) => {
        this.#onWake = resolve;
      });
      stop();
    }
  }
}
