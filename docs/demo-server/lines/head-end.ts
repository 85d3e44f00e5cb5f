const headEnd = '\r\n\r\n';

/** Finds in a stream of bytes where the HTTP head ends and the frames begin. */
export class HeadEnd {
  #tail = '';
  #isOver = false;

  /** How many bytes of this piece still belong to the head. */
  push(piece: Uint8Array): number {
    if (this.#isOver) return 0;
    const before = this.#tail.length;
    const text = this.#tail + Buffer.from(piece).toString('latin1');
    const at = text.indexOf(headEnd);
    this.#isOver = at >= 0;
    // The end itself may come in two pieces.
    this.#tail = text.slice(-(headEnd.length - 1));
    return this.#isOver ? at + headEnd.length - before : piece.length;
  }
}
