/** An AbortSignal whose listeners can be counted. */
export class FakeSignal {
  aborted = false;
  reason: unknown;
  readonly #listeners = new Set<() => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = new RangeError('aborted by the script');
    for (const listener of this.#listeners) listener();
  }
}
