/** What arrived of numbered messages. */
export interface Counts {
  /** All of them, those that came twice too. */
  readonly received: number;
  readonly doubled: number;
  /** Numbers below the highest that never came. */
  readonly lost: number;
  /** Those that came after a higher one, and for the first time. */
  readonly outOfOrder: number;
}

/** Counts messages by the number that they begin with, which goes up from 1. */
export class NumberCount {
  readonly #seen = new Set<number>();
  #received = 0;
  #doubled = 0;
  #outOfOrder = 0;
  #highest = 0;

  get counts(): Counts {
    const lost = this.#highest - this.#seen.size;
    return { received: this.#received, doubled: this.#doubled, lost, outOfOrder: this.#outOfOrder };
  }

  /** Takes a message; one that begins with no number counts for nothing. */
  note(message: string | Uint8Array): void {
    const number = typeof message === 'string' ? Number(/^[1-9]\d{0,14}/.exec(message)?.[0] ?? 0) : 0;
    if (number === 0) return;
    this.#received++;
    if (this.#seen.has(number)) this.#doubled++;
    else if (number < this.#highest) this.#outOfOrder++;
    this.#seen.add(number);
    this.#highest = Math.max(this.#highest, number);
  }
}
