/** Of a longer line the beginning is kept, in bytes. */
const maxLineBytes = 4096;

/** Bytes of UTF-8 to whole lines, however they are cut into pieces; a line may end with LF or CRLF. */
export class LineSplitter {
  #rest = Buffer.alloc(0);
  #restBytes = 0;

  /** How many bytes stand behind the last end of line. */
  get restBytes(): number {
    return this.#restBytes;
  }

  /** The lines that this piece ends. */
  push(piece: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, start)) {
      this.#add(piece.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#add(piece.subarray(start));
    return lines;
  }

  /** What stands behind the last end of line; undefined where nothing does. */
  end(): string | undefined {
    return this.#restBytes > 0 ? this.#take() : undefined;
  }

  #add(bytes: Buffer): void {
    this.#restBytes += bytes.length;
    const room = maxLineBytes - this.#rest.length;
    if (bytes.length > 0 && room > 0) this.#rest = Buffer.concat([this.#rest, bytes.subarray(0, room)]);
  }

  #take(): string {
    const isCut = this.#restBytes > this.#rest.length;
    const text = this.#rest.toString();
    this.#rest = Buffer.alloc(0);
    this.#restBytes = 0;
    return isCut ? `${text}…` : text.replace(/\r$/, '');
  }
}
