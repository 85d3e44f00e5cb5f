/** Counts the pings that one end has answered, and tells when there were so many more. */
export class PingCount {
  #count = 0;
  #until = Number.POSITIVE_INFINITY;
  #resolve = () => {};

  /** Resolves with nothing to say, as the answer to an order. */
  more(count: number): Promise<object> {
    this.#until = this.#count + count;
    return new Promise((resolve) => (this.#resolve = () => resolve({})));
  }

  answered(count: number): void {
    this.#count += count;
    if (this.#count < this.#until) return;
    this.#until = Number.POSITIVE_INFINITY;
    this.#resolve();
  }
}
