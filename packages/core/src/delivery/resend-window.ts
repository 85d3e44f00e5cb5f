import { HoldfastError } from '../errors.ts';
import { encodeUtf8 } from '../message.ts';
import { messageOf } from './packet.ts';

/** A message that is kept until the peer has acknowledged it. */
export interface Kept<Tag> {
  readonly number: number;
  /** What goes over the wire, each time the same. */
  readonly packet: string | Uint8Array;
  readonly tag: Tag;
}

/** How much may be on its way without an acknowledgement. One message alone may be larger. */
export interface WindowLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/**
 * The messages of one direction that the peer may not have, in their order: which of them this link has been given, and
 * which are to go again over the next.
 */
export class ResendWindow<Tag> {
  readonly #limits: WindowLimits;
  #kept: Kept<Tag>[] = [];
  /** How many at the beginning of `#kept` are acknowledged already: cutting off each at once would cost its square. */
  #gone = 0;
  /** How many of the rest this link has been given, and their length. */
  #given = 0;
  #givenLength = 0;
  #first: number;
  /** The lengths of the packets: of text, in UTF-16 units, since that is the memory they take. */
  #length = 0;

  /** A window whose next message is numbered `first`. */
  constructor(limits: WindowLimits, first = 1) {
    this.#limits = limits;
    this.#first = first;
  }

  /** The number of the oldest message that is kept, or of the next. */
  get first(): number {
    return this.#first;
  }

  get size(): number {
    return this.#kept.length - this.#gone;
  }

  /** The number of the next message. */
  get next(): number {
    return this.#first + this.size;
  }

  /** The length of what this link has not been given yet: of text, in UTF-16 units. */
  get waitingLength(): number {
    return this.#length - this.#givenLength;
  }

  /** Whether the next message could go out at once. */
  get hasRoom(): boolean {
    return this.size < this.#limits.maxMessages && this.#length < this.#limits.maxBytes;
  }

  /** Keeps a message under the next number. */
  add(packet: string | Uint8Array, tag: Tag): void {
    this.#kept.push({ number: this.next, packet, tag });
    this.#length += packet.length;
  }

  /** The payloads of the messages that are kept, in bytes. */
  payloadBytes(): number {
    let bytes = 0;
    for (const { packet } of this.#kept.slice(this.#gone)) {
      const message = messageOf(packet);
      bytes += typeof message === 'string' ? encodeUtf8(message).length : message.length;
    }
    return bytes;
  }

  /** The next message that this link has not been given yet, if the limits let it: it now has. */
  give(): Kept<Tag> | undefined {
    if (this.#given >= this.#limits.maxMessages || this.#givenLength >= this.#limits.maxBytes) return undefined;
    const kept = this.#kept[this.#gone + this.#given];
    if (!kept) return undefined;
    this.#given += 1;
    this.#givenLength += kept.packet.length;
    return kept;
  }

  /** A new link has been given nothing yet. */
  rewind(): void {
    this.#given = 0;
    this.#givenLength = 0;
  }

  /**
   * The peer has all up to this number: answers those that are kept no longer. Throws `acknowledged-unsent` for a number
   * that this link was not given.
   */
  acknowledge(number: number): Kept<Tag>[] {
    if (number >= this.#first + this.#given) {
      throw new HoldfastError('acknowledged-unsent', `${number}, last sent: ${this.#first + this.#given - 1}`);
    }
    return this.#release(number - this.#first + 1);
  }

  /**
   * At the beginning of a link: the peer has all up to this number, of which this end may know less than it has sent, since
   * what it noted down last may be lost with its process.
   */
  skipTo(received: number): Kept<Tag>[] {
    const released = this.#release(Math.min(received - this.#first + 1, this.size));
    if (received >= this.#first) this.#first = received + 1;
    return released;
  }

  /** Gives up all, and begins anew with number 1. */
  clear(): Kept<Tag>[] {
    const released = this.#release(this.size);
    this.#first = 1;
    return released;
  }

  #release(count: number): Kept<Tag>[] {
    if (count <= 0) return [];
    const released = this.#kept.slice(this.#gone, this.#gone + count);
    released.forEach(({ packet: { length } }, index) => {
      this.#length -= length;
      if (index < this.#given) this.#givenLength -= length;
    });
    this.#kept.fill(undefined as never, this.#gone, this.#gone + count);
    this.#gone += count;
    this.#first += count;
    this.#given = Math.max(0, this.#given - count);
    if (this.#gone * 2 >= this.#kept.length) {
      this.#kept = this.#kept.slice(this.#gone);
      this.#gone = 0;
    }
    return released;
  }
}
