/** What comes out piece by piece, up to a limit. */
export class Pieces {
  readonly #maxBytes: number;
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isOver(): boolean {
    return this.#bytes > this.#maxBytes;
  }

  get length(): number {
    return this.#bytes;
  }

  /** Keeps a piece; answers whether there may be more. */
  readonly add = (piece: Uint8Array): boolean => {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    return !this.isOver;
  };

  /** All of them, joined; but for what stands behind the first `bytes`. */
  join(bytes: number = this.#bytes): Uint8Array {
    const [first] = this.#pieces;
    if (first && this.#pieces.length === 1) return bytes === first.length ? first : first.subarray(0, bytes);
    const joined = new Uint8Array(this.#bytes);
    let at = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined.subarray(0, bytes);
  }
}
