/** Memory for messages, used again when the receiver has stored what was in it. */
export class MessagePool {
  /** What was sent, the oldest first, and where in the file it ends. */
  #sent: { readonly message: Uint8Array; readonly end: number }[] = [];
  readonly #free: Uint8Array[] = [];

  /** So many bytes, with anything in them. */
  take(length: number): Uint8Array {
    const index = this.#free.findIndex((message) => message.length === length);
    return this.#free.splice(index, index < 0 ? 0 : 1)[0] ?? new Uint8Array(length);
  }

  /** A message is on its way, with the bytes of the file before `end`. */
  sent(message: Uint8Array, end: number): void {
    this.#sent.push({ message, end });
  }

  /** The receiver has stored all before this offset. */
  stored(offset: number): void {
    const count = this.#sent.findIndex(({ end }) => end > offset);
    for (const { message } of this.#sent.splice(0, count < 0 ? this.#sent.length : count)) this.#free.push(message);
  }

  /** What was on its way on a line that is lost may still wait there: it is not used again. */
  forget(): void {
    this.#sent = [];
  }
}
