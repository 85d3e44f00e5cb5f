/** The last bytes that went by, as many as a window of DEFLATE has. */
export class Window {
  readonly #size: number;
  #bytes: Uint8Array | undefined;
  /** Where the next byte goes, and how many there are. */
  #end = 0;
  #filled = 0;

  constructor(windowBits: number) {
    this.#size = 2 ** windowBits;
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const kept = (this.#bytes ??= new Uint8Array(this.#size));
    const last = bytes.subarray(-this.#size);
    const untilEnd = last.subarray(0, this.#size - this.#end);
    kept.set(untilEnd, this.#end);
    kept.set(last.subarray(untilEnd.length), 0);
    this.#end = (this.#end + last.length) % this.#size;
    this.#filled = Math.min(this.#size, this.#filled + last.length);
  }

  /** A copy, the oldest byte first. */
  toBytes(): Uint8Array {
    const kept = this.#bytes ?? new Uint8Array(0);
    if (this.#filled < this.#size) return kept.slice(0, this.#filled);
    const bytes = new Uint8Array(this.#size);
    bytes.set(kept.subarray(this.#end), 0);
    bytes.set(kept.subarray(0, this.#end), this.#size - this.#end);
    return bytes;
  }
}
