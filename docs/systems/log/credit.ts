/** How many lines may still be sent; who takes some waits until there are. */
export class Credit {
  #lines = 0;
  #wake = () => {};
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake());
  }

  give(lines: number): void {
    this.#lines += lines;
    this.#wake();
  }

  /** Takes `most` or fewer, at least one; 0 at the end. */
  async take(most: number): Promise<number> {
    while (this.#lines === 0 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const taken = this.#signal.aborted ? 0 : Math.min(most, this.#lines);
    this.#lines -= taken;
    return taken;
  }
}
