/** What fits into one read, in bytes. */
const readBytes = 64 * 1024;

/** All sockets read into it, one after the other: each chunk is dealt with before the next is read. */
let shared: Buffer | undefined;

/**
 * What a socket reads into. Fresh memory for every read costs more than the read; so what is short, and text, is read into
 * memory that all share. Where bytes stream in, each read has its own, of which messages are views.
 */
export class ReadMemory {
  #hasOwn = false;

  /** Memory for the next read. */
  next(): Uint8Array {
    if (this.#hasOwn) return Buffer.allocUnsafeSlow(readBytes);
    return (shared ??= Buffer.allocUnsafeSlow(readBytes));
  }

  /** Whether a chunk is only good until the next read, or too small a part of its memory to keep all of that for it. */
  lends({ buffer, length }: Uint8Array): boolean {
    return buffer === shared?.buffer || 2 * length < buffer.byteLength;
  }

  /** Says by a chunk whether more messages of bytes will come. */
  expect({ length }: Uint8Array, isBytes: boolean): void {
    this.#hasOwn = isBytes && 2 * length >= readBytes;
  }
}
