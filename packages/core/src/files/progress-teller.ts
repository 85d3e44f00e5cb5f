import type { FileProgress } from './sent-file.ts';

/** Tells an app how far a file has come; while a promise that it answers is pending, it wants no more. */
export class ProgressTeller {
  readonly #onProgress: (progress: FileProgress) => unknown;
  readonly #onGo: () => void;
  readonly #onFault: (reason: unknown) => void;
  #hold: unknown;

  /** `onGo` is called when a pending promise has resolved, `onFault` with what the app throws or rejects with. */
  constructor(onProgress: (progress: FileProgress) => unknown, onGo: () => void, onFault: (reason: unknown) => void) {
    this.#onProgress = onProgress;
    this.#onGo = onGo;
    this.#onFault = onFault;
  }

  get isHeld(): boolean {
    return this.#hold !== undefined;
  }

  tell(progress: FileProgress): void {
    try {
      const answer = this.#onProgress(progress) as Promise<unknown> | undefined;
      // Only a promise holds it up: an arrow function answers all kinds of things.
      const hold = typeof answer?.then === 'function' ? answer : undefined;
      this.#hold = hold;
      hold?.then(
        () => {
          if (this.#hold === hold) this.#hold = undefined;
          this.#onGo();
        },
        (reason: unknown) => this.#onFault(reason),
      );
    } catch (reason) {
      this.#onFault(reason);
    }
  }
}
