import { HoldfastError } from '../errors.ts';
import { type Outgoing, viewBytes } from '../message.ts';

/** How much may wait for a link, and what gives way when that is full. */
export interface OutboxOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly whenFull: 'throw' | 'drop-oldest' | 'drop-newest';
}

interface Entry<Out> {
  readonly message: Out;
  readonly bytes: number;
}

/** Messages that wait for a link, in order and bounded. */
export class Outbox<Out extends Outgoing> {
  readonly #options: OutboxOptions;
  #entries: Entry<Out>[] = [];
  #bytes = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** The payloads that wait, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds a message, as a copy where the app could change it, and answers those that gave way. Throws `queue-full` where
   * the policy is to throw.
   */
  push(message: Out): Out[] {
    const entry = copyEntry(message);
    const { maxMessages, maxBytes, whenFull } = this.#options;
    const isFull = () => this.#entries.length >= maxMessages || this.#bytes + entry.bytes > maxBytes;
    const fitsAtAll = maxMessages > 0 && entry.bytes <= maxBytes;
    const dropped: Out[] = [];
    if (isFull()) {
      if (whenFull === 'throw') {
        throw new HoldfastError(
          'queue-full',
          `${this.#entries.length} messages, ${this.#bytes} bytes wait, and ${entry.bytes} more do not fit: the limits are ${maxMessages} and ${maxBytes}`,
        );
      }
      if (whenFull === 'drop-newest' || !fitsAtAll) return [message];
      while (isFull()) dropped.push((this.take() as Entry<Out>).message);
    }
    this.#entries.push(entry);
    this.#bytes += entry.bytes;
    return dropped;
  }

  /** The oldest, which stays. */
  peek(): Entry<Out> | undefined {
    return this.#entries[0];
  }

  /** Removes and answers the oldest. */
  take(): Entry<Out> | undefined {
    const entry = this.#entries.shift();
    this.#bytes -= entry?.bytes ?? 0;
    return entry;
  }
}

function copyEntry<Out extends Outgoing>(message: Out): Entry<Out> {
  if (typeof message === 'string') return { message, bytes: new TextEncoder().encode(message).length };
  const copy = viewBytes(message).slice();
  return { message: copy as Outgoing as Out, bytes: copy.length };
}
