/** Numbers that have to come one after the other, and what of them did not. */
export class Tally {
  readonly #name: string;
  last: number;
  readonly faults: string[] = [];

  constructor(name: string, last = 0) {
    this.#name = name;
    this.last = last;
  }

  /** Takes the next; what is lost, doubled or out of order is a fault. */
  take(data: unknown): void {
    const number = Number(data);
    if (number !== this.last + 1) this.faults.push(`${this.#name}: ${String(data)} after ${this.last}`);
    this.last = number;
  }
}
