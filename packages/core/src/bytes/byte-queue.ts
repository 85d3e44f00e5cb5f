const empty: Uint8Array = new Uint8Array(0);

/**
 * Bytes that arrived and are not consumed yet, served as contiguous views.
 *
 * A chunk is kept by reference while what is asked of it lies inside it. Only what straddles chunks is copied, into a
 * carry of our own, which grows with what has arrived, never with what a peer has announced. Memory that was handed
 * out is not written again.
 */
export class ByteQueue {
  /** The unread rest of the newest chunk. */
  #chunk: Uint8Array = empty;
  #chunkOffset = 0;
  /** What is older than the newest chunk, up to `#carryEnd`. */
  #carry: Uint8Array = empty;
  #carryOffset = 0;
  #carryEnd = 0;

  /** How many bytes wait. */
  get length(): number {
    return this.#carryEnd - this.#carryOffset + this.#chunk.length - this.#chunkOffset;
  }

  /** Adds bytes at the end; they must not change as long as they, or views of them, are in use. */
  push(chunk: Uint8Array): void {
    if (this.#chunkOffset < this.#chunk.length) this.#carryOver(this.#chunk.length - this.#chunkOffset);
    this.#chunk = chunk;
    this.#chunkOffset = 0;
  }

  /** A view of the first `count` bytes, which stay in the queue, or `undefined` while fewer have arrived. */
  peek(count: number): Uint8Array | undefined {
    if (count > this.length) return undefined;
    const carried = this.#carryEnd - this.#carryOffset;
    if (carried === 0) return this.#chunk.subarray(this.#chunkOffset, this.#chunkOffset + count);
    if (carried < count) this.#carryOver(count - carried);
    return this.#carry.subarray(this.#carryOffset, this.#carryOffset + count);
  }

  /** The byte that stands at a place, counted from the first that waits; -1 while it has not arrived. */
  byteAt(place: number): number {
    const carried = this.#carryEnd - this.#carryOffset;
    if (place < carried) return this.#carry[this.#carryOffset + place] as number;
    return this.#chunk[this.#chunkOffset + place - carried] ?? -1;
  }

  /** Removes the first `count` bytes and answers a view of them, or `undefined` while fewer have arrived. */
  take(count: number): Uint8Array | undefined {
    const bytes = this.peek(count);
    if (bytes) this.skip(count);
    return bytes;
  }

  /** Removes the first `count` bytes, which have arrived. */
  skip(count: number): void {
    const carried = Math.min(count, this.#carryEnd - this.#carryOffset);
    this.#carryOffset += carried;
    this.#chunkOffset += count - carried;
    // A view that was handed out keeps this memory: what straddles next gets memory of its own.
    if (this.#carryOffset === this.#carryEnd && this.#carryEnd > 0) this.#dropCarry();
  }

  #carryOver(count: number): void {
    const end = this.#carryEnd + count;
    if (end > this.#carry.length) {
      const kept = this.#carryEnd - this.#carryOffset;
      const grown = new Uint8Array(Math.max(64, 2 * (kept + count)));
      grown.set(this.#carry.subarray(this.#carryOffset, this.#carryEnd));
      this.#carry = grown;
      this.#carryOffset = 0;
      this.#carryEnd = kept;
    }
    this.#carry.set(this.#chunk.subarray(this.#chunkOffset, this.#chunkOffset + count), this.#carryEnd);
    this.#carryEnd += count;
    this.#chunkOffset += count;
    if (this.#chunkOffset === this.#chunk.length) {
      this.#chunk = empty;
      this.#chunkOffset = 0;
    }
  }

  #dropCarry(): void {
    this.#carry = empty;
    this.#carryOffset = 0;
    this.#carryEnd = 0;
  }
}
