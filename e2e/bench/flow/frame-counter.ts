/** Counts the frames of a client by their headers, which may come in pieces. Throws where one is not compressed. */
export class FrameCounter {
  #head = Buffer.alloc(0);
  /** What is still to come of a payload. */
  #payloadBytes = 0;

  /** Answers how many frames these bytes end. */
  push(chunk: Buffer): number {
    let ended = 0;
    let at = 0;
    const bytes = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    this.#head = Buffer.alloc(0);
    for (;;) {
      if (this.#payloadBytes > bytes.length - at) {
        this.#payloadBytes -= bytes.length - at;
        return ended;
      }
      at += this.#payloadBytes;
      if (this.#payloadBytes > 0) ended++;
      this.#payloadBytes = 0;
      const headBytes = headBytesAt(bytes, at);
      if (at + headBytes > bytes.length) break;
      if ((bytes[at]! & 0x40) === 0) throw new Error('a message came uncompressed');
      this.#payloadBytes = headBytes === 6 ? bytes[at + 1]! & 0x7f : bytes.readUInt16BE(at + 2);
      at += headBytes;
    }
    this.#head = Buffer.from(bytes.subarray(at));
    return ended;
  }
}

/** How long a header is, its key with it; no message of a feed has one of the longest kind. */
function headBytesAt(bytes: Buffer, at: number): number {
  return at + 1 < bytes.length && (bytes[at + 1]! & 0x7f) === 126 ? 8 : 6;
}
