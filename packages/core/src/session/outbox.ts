import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import type { Clock } from '../clock.ts';
import { failOn } from '../errors.ts';
import type { DropCause } from '../events/client-event.ts';
import { encodeUtf8, type Outgoing, viewBytes } from '../message.ts';

/** How much may wait for a link, and what gives way when that is full. */
export interface OutboxOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly whenFull: 'throw' | 'drop-oldest' | 'drop-newest';
}

/** What an app may say of one message, for as long as it waits. */
export interface SendOptions {
  /** How long it may wait for a link that takes it, in ms; then it is dropped as `expired`. Default: for ever. */
  readonly ttlMs?: number;
  /** What waits under the same key is dropped as `replaced`. */
  readonly key?: unknown;
  /** Drops it as `aborted` if it still waits when this is aborted. */
  readonly signal?: AbortSignalLike | undefined;
  /**
   * Is called once: without a cause when the peer has acknowledged the message, else with why it was given up. Only with
   * delivery; `deliver()` makes a promise of it.
   */
  readonly receipt?: ((cause?: DropCause) => void) | undefined;
}

/** Messages that wait for a link, in order and bounded. */
export interface Waiting<Out> {
  /** Adds a message, as a copy where the app could change it. Throws `queue-full` where the policy is to throw. */
  enqueue(message: Out, options: SendOptions): void;
  /** Hands over all that waits, the oldest first, until one is not taken; answers whether all were. */
  flush(handOver: (message: Out, options: SendOptions) => boolean): boolean;
  /** Gives up all that waits. */
  clear(cause: DropCause): void;
  /** The payloads that wait, in bytes. */
  readonly queuedBytes: number;
}

type OutboxItem<Out> = [key: unknown, entry: Entry<Out>];

type Entry<Out> = readonly [message: Out, bytes: number, stop: () => void, options: SendOptions];

/** Throws `invalid-option` on a policy that there is not. */
export function checkOutbox({ whenFull = 'throw' }: Partial<OutboxOptions>): void {
  const choices = /^(throw|drop-oldest|drop-newest)$/;
  if (!choices.test(whenFull)) failOn('invalid-option', `whenFull ${whenFull}`, choices);
}

/** An outbox; without options nothing may wait. `onDrop` is told of each message that gives way, and why. */
export class Outbox<Out extends Outgoing> implements Waiting<Out> {
  queuedBytes = 0;
  readonly #options: Partial<OutboxOptions>;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #onDrop: (message: Out, cause: DropCause, options: SendOptions) => void;
  /** In order, each under the app's key or one of its own, so that taking out one costs the same among many. */
  readonly #waiting = new Map<unknown, Entry<Out>>();
  #items = this.#waiting.entries();
  #first: OutboxItem<Out> | undefined;

  constructor(
    options: Partial<OutboxOptions>,
    clock: Pick<Clock, 'after'>,
    onDrop: (message: Out, cause: DropCause, options: SendOptions) => void,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#onDrop = onDrop;
  }

  enqueue(message: Out, options: SendOptions): void {
    const { maxMessages = 0, maxBytes = 0, whenFull = 'throw' } = this.#options;
    const { ttlMs, key = {}, signal } = options;
    const waiting = this.#waiting;
    // Throws on what is no signal, before anything gives way.
    onAbort(signal, () => {})();
    const length = typeof message === 'string' ? encodeUtf8(message).length : message.byteLength;
    /** Told when the message is in: who listens may send another. */
    const given: (readonly [Entry<Out>, DropCause])[] = [];
    let replaced = waiting.get(key);
    while (
      waiting.size - (replaced ? 1 : 0) >= maxMessages ||
      this.queuedBytes - (replaced ? replaced[1] : 0) + length > maxBytes
    ) {
      if (whenFull === 'throw') failOn('queue-full', waiting.size + 1, [maxMessages, maxBytes]);
      // A message that could never fit pushes out no other.
      if (whenFull === 'drop-newest' || length > maxBytes || !maxMessages) {
        return this.#onDrop(message, 'queue-full', options);
      }
      given.push([this.#take((this.#oldest() as OutboxItem<Out>)[0]), 'queue-full']);
      replaced = waiting.get(key);
    }
    if (replaced) given.push([this.#take(key), 'replaced']);
    const giveUp = (cause: DropCause) => this.#drop(this.#take(key), cause);
    const stopTimer = this.#clock.after(ttlMs, () => giveUp('expired'));
    const stopListening = onAbort(signal, () => giveUp('aborted'));
    this.queuedBytes += length;
    waiting.set(key, [
      typeof message === 'string' ? message : (viewBytes(message).slice() as Outgoing as Out),
      length,
      () => {
        stopTimer();
        stopListening();
      },
      options,
    ]);
    for (const it of given) this.#drop(...it);
  }

  flush(handOver: (message: Out, options: SendOptions) => boolean): boolean {
    // Most often nothing waits: there is nothing to ask an iterator for.
    while (this.#waiting.size) {
      const [key, [message, , , options]] = this.#oldest() as OutboxItem<Out>;
      if (!handOver(message, options)) return false;
      this.#take(key);
    }
    return true;
  }

  clear(cause: DropCause): void {
    for (const key of this.#waiting.keys()) this.#drop(this.#take(key), cause);
  }

  #take(key: unknown): Entry<Out> {
    const entry = this.#waiting.get(key) as Entry<Out>;
    this.#waiting.delete(key);
    this.queuedBytes -= entry[1];
    entry[2]();
    return entry;
  }

  #drop([message, , , options]: Entry<Out>, cause: DropCause): void {
    this.#onDrop(message, cause, options);
  }

  /** One iterator for all: each new one would go past the holes that those before have left. */
  #oldest(): OutboxItem<Out> | undefined {
    if (!this.#first || this.#waiting.get(this.#first[0]) !== this.#first[1]) {
      this.#first = this.#items.next().value;
      if (!this.#first) this.#items = this.#waiting.entries();
    }
    return this.#first;
  }
}
