/** Reads an input as a script: each byte chooses something, and past the end all are 0. */
export class Script {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next byte. */
  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  /** One of a list, which the next byte goes around. */
  pick<T>(list: readonly T[]): T {
    return list[this.byte() % list.length] as T;
  }
}
