const empty: Uint8Array = new Uint8Array(0);

/** A shorter chunk is copied behind the one before it, so that memory follows the bytes and not the number of chunks. */
const smallBytes = 4096;

/** So many of them are kept in one piece, in bytes. */
const maxTailBytes = 64 * 1024;

/** Memory in which bytes are gathered is this long at the least, or as many times what has arrived, but never longer than they. */
const leastGatheredBytes = 512;
const gatheredRatio = 4;

/**
 * Bytes that arrived and are not consumed yet, served as contiguous views.
 *
 * A chunk is kept by reference, unless it is a small one behind others. What straddles chunks is copied once, when it is
 * taken, or as it comes, where it was said how long it will be: into memory that follows what has arrived, not what a peer
 * has announced. Memory that was handed out is not written again.
 */
export class ByteQueue {
  /** The oldest chunk, and its first byte that waits. */
  #head: Uint8Array = empty;
  #offset = 0;
  /** The memory of the head, once it was asked for: that takes as long as to make a view of it. */
  #memory: ArrayBufferLike | undefined;
  /** The chunks behind it, from `#next` on, and their bytes. */
  #rest: Uint8Array[] = [];
  #next = 0;
  #restBytes = 0;
  /** Memory for small chunks, of which the last of the rest is the part that is filled; or empty. */
  #tail: Uint8Array = empty;
  /** How many bytes are gathered in one piece, and the memory for them, of which the head is the part that is filled; or 0. */
  #wanted = 0;
  #gathered: Uint8Array = empty;
  readonly #allocate: (bytes: number) => Uint8Array;

  /** `allocate` answers memory of which all is written; by default, of zeros. */
  constructor(allocate: (bytes: number) => Uint8Array = (bytes) => new Uint8Array(bytes)) {
    this.#allocate = allocate;
  }

  /** How many bytes wait. */
  get length(): number {
    return this.#head.length - this.#offset + this.#restBytes;
  }

  /** Adds bytes at the end; they must not change as long as they, or views of them, are in use. */
  push(bytes: Uint8Array): void {
    const chunk = this.#wanted > 0 ? this.#gatherFrom(bytes) : bytes;
    if (chunk.length === 0) return;
    if (this.#head.length === 0) {
      this.#head = chunk;
      return;
    }
    this.#restBytes += chunk.length;
    if (chunk.length < smallBytes) this.#append(chunk);
    else {
      this.#rest.push(chunk);
      this.#tail = empty;
    }
  }

  /** Gathers the first `count` bytes in one piece, as they come; nothing is taken before they are there. */
  gather(count: number): void {
    const { length } = this;
    if (length >= count || this.#wanted > 0) return;
    const gathered = this.#allocate(Math.min(count, Math.max(leastGatheredBytes, gatheredRatio * length)));
    this.#fill(gathered, length);
    this.#gathered = gathered;
    this.#head = gathered.subarray(0, length);
    this.#wanted = count;
  }

  /** Makes copies of what waits in the memory of this chunk, which will change. */
  own({ buffer }: Uint8Array): void {
    if (this.#head.buffer === buffer) {
      this.#head = new Uint8Array(this.#head.subarray(this.#offset));
      this.#offset = 0;
      this.#memory = undefined;
    }
    const last = this.#rest.length - 1;
    if (this.#rest[last]?.buffer === buffer) this.#rest[last] = new Uint8Array(this.#rest[last]);
  }

  /** The byte that stands at a place, counted from the first that waits; -1 while it has not arrived. */
  byteAt(place: number): number {
    return this.#head[this.#offset + place] ?? this.#restAt(this.#offset + place - this.#head.length);
  }

  /** Removes the first `count` bytes and answers a view of them, or `undefined` while fewer have arrived. */
  take(count: number): Uint8Array | undefined {
    const { byteOffset, length } = this.#head;
    const offset = this.#offset;
    if (offset + count > length) return count > this.length ? undefined : this.#join(count);
    this.#memory ??= this.#head.buffer;
    const memory = this.#memory;
    this.skip(count);
    // No subarray: it takes twice the time, and of a Buffer of Node's it would be another, whose `slice` is no copy.
    return new Uint8Array(memory, byteOffset + offset, count);
  }

  /**
   * Reads and removes the first `count` bytes where they stand, or `undefined` while fewer have arrived: `read` gets the
   * chunk, and where they begin and end in it.
   */
  read<T>(count: number, read: (chunk: Uint8Array, start: number, end: number) => T): T | undefined {
    const head = this.#head;
    const offset = this.#offset;
    if (offset + count > head.length) {
      const bytes = this.take(count);
      return bytes && read(bytes, 0, count);
    }
    this.skip(count);
    return read(head, offset, offset + count);
  }

  /** Removes the first `count` bytes, which have arrived. */
  skip(count: number): void {
    this.#offset += count;
    if (this.#offset >= this.#head.length) this.#shift();
  }

  /** A copy of what waits from one place to another; what stands in front of them costs nothing. */
  copy(from: number, to: number): Uint8Array {
    const copy = new Uint8Array(Math.max(0, to - from));
    let behind = this.length - to;
    let end = copy.length;
    for (let index = this.#rest.length - 1; end > 0; index--) {
      const chunk = index >= this.#next ? (this.#rest[index] as Uint8Array) : this.#head;
      const chunkEnd = Math.max(0, chunk.length - behind);
      const part = chunk.subarray(Math.max(0, chunkEnd - end), chunkEnd);
      behind = Math.max(0, behind - chunk.length);
      end -= part.length;
      copy.set(part, end);
    }
    return copy;
  }

  #restAt(place: number): number {
    let left = place;
    for (let index = this.#next; index < this.#rest.length; index++) {
      const chunk = this.#rest[index] as Uint8Array;
      if (left < chunk.length) return chunk[left] as number;
      left -= chunk.length;
    }
    return -1;
  }

  /** Goes on to the chunk in which the first byte that waits stands. */
  #shift(): void {
    this.#memory = undefined;
    while (this.#offset >= this.#head.length && this.#restBytes > 0) {
      this.#offset -= this.#head.length;
      this.#head = this.#rest[this.#next++] as Uint8Array;
      this.#restBytes -= this.#head.length;
    }
    if (this.#offset >= this.#head.length) {
      this.#head = empty;
      this.#offset = 0;
    }
    this.#forgetRead();
  }

  /** Lets go of the chunks before `#next`, a lot at a time. */
  #forgetRead(): void {
    if (this.#rest.length === 0) return;
    if (this.#restBytes === 0) {
      this.#rest = [];
      this.#next = 0;
      this.#tail = empty;
    } else if (this.#next > this.#rest.length / 2) {
      this.#rest = this.#rest.slice(this.#next);
      this.#next = 0;
    }
  }

  #join(count: number): Uint8Array {
    const joined = this.#allocate(count);
    this.#fill(joined, count);
    return joined;
  }

  /** Removes the first `count` bytes to the beginning of this memory. */
  #fill(memory: Uint8Array, count: number): void {
    for (let end = 0; end < count; ) {
      const part = this.#head.subarray(this.#offset, this.#offset + count - end);
      memory.set(part, end);
      end += part.length;
      this.skip(part.length);
    }
  }

  /** Answers what does not belong to the bytes that are gathered. */
  #gatherFrom(chunk: Uint8Array): Uint8Array {
    const filled = this.#head.length;
    const part = chunk.subarray(0, this.#wanted - filled);
    const end = filled + part.length;
    if (end > this.#gathered.length) {
      const grown = this.#allocate(Math.min(this.#wanted, gatheredRatio * end));
      grown.set(this.#head);
      this.#gathered = grown;
    }
    this.#gathered.set(part, filled);
    this.#head = this.#gathered.subarray(0, end);
    if (end === this.#wanted) {
      this.#wanted = 0;
      this.#gathered = empty;
    }
    return chunk.subarray(part.length);
  }

  #append(chunk: Uint8Array): void {
    const filled = this.#tail.length > 0 ? (this.#rest.at(-1) as Uint8Array).length : 0;
    const end = filled + chunk.length;
    if (end <= this.#tail.length) {
      this.#tail.set(chunk, filled);
      this.#rest[this.#rest.length - 1] = this.#tail.subarray(0, end);
      return;
    }
    this.#tail = new Uint8Array(Math.max(64, chunk.length, Math.min(maxTailBytes, this.length)));
    this.#tail.set(chunk);
    this.#rest.push(this.#tail.subarray(0, chunk.length));
  }
}
