import type { Entry } from './protocol.ts';

/** How many entries a room remembers. */
export const keptEntries = 10_000;

const atOnce = 100;

/** The newest entries of a room in the memory of this process. */
export class Log {
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<() => void>();
  #first: number;

  /** `first` is the number of the first entry that will be added. */
  constructor(first = 1) {
    this.#first = first;
  }

  /** The number of the oldest entry that is here. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next entry will have. */
  get next(): number {
    return this.#first + this.#entries.length;
  }

  add(...entries: readonly Entry[]): void {
    this.#entries.push(...entries);
    const tooMany = this.#entries.length - keptEntries;
    if (tooMany > 0) this.#entries.splice(0, tooMany);
    this.#first += Math.max(0, tooMany);
    for (const listener of this.#listeners) listener();
  }

  /** Up to 100 entries from this number on. Throws where the first of them is forgotten. */
  read(from: number): readonly Entry[] {
    if (from < this.#first) throw new Error(`entry ${from} is forgotten; the oldest is ${this.#first}`);
    return this.#entries.slice(from - this.#first, from - this.#first + atOnce);
  }

  /** Is called when there are more entries; the answer ends that. */
  onMore(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
