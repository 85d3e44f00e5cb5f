import type { Clock } from '../clock.ts';

/** So much is acknowledged at once, without waiting for the delay. */
const maxMessages = 32;
const maxBytes = 64 * 1024;

/**
 * When to acknowledge: at once after a rest, so that who waits for it need not wait for the delay too; then not again
 * before `delayMs`, or 32 messages, or 64 KiB.
 */
export class AckPacer {
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #acknowledge: () => void;
  #messages = 0;
  #bytes = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, delayMs: number, acknowledge: () => void) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#acknowledge = acknowledge;
  }

  /** One more message has arrived. */
  note(bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
    if (!this.#cancel || this.#messages >= maxMessages || this.#bytes >= maxBytes) this.#flush();
  }

  /** Forgets what is due: there is no link any more that takes it. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#messages = this.#bytes = 0;
  }

  #flush(): void {
    this.#messages = this.#bytes = 0;
    // One timer runs on: an acknowledgement before its time does not put off the next.
    this.#cancel ??= this.#clock.after(this.#delayMs, () => {
      this.#cancel = undefined;
      if (this.#messages > 0) this.#flush();
    });
    this.#acknowledge();
  }
}
