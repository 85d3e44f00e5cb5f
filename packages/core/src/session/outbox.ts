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
export type Outbox<Out> = readonly [
  /** Adds a message, as a copy where the app could change it. Throws `queue-full` where the policy is to throw. */
  enqueue: (message: Out, options: SendOptions) => void,
  /** Hands over all that waits, the oldest first, until one is not taken; answers whether all were. */
  flush: (handOver: (message: Out, options: SendOptions) => boolean) => boolean,
  /** Gives up all that waits. */
  clear: (cause: DropCause) => void,
  /** The payloads that wait, in bytes. */
  queuedBytes: () => number,
];

type OutboxItem<Out> = [key: unknown, entry: Entry<Out>];

type Entry<Out> = readonly [message: Out, bytes: number, stop: () => void, options: SendOptions];

/** Throws `invalid-option` on a policy that there is not. */
export function checkPolicy(whenFull: string = 'throw'): void {
  const policies = /^(throw|drop-oldest|drop-newest)$/;
  if (!policies.test(whenFull)) failOn('invalid-option', `whenFull ${whenFull}`, policies);
}

/**
 * An empty outbox; without options nothing may wait. `onDrop` is told of each message that gives way, and why.
 */
export function createOutbox<Out extends Outgoing>(
  { maxMessages = 0, maxBytes = 0, whenFull = 'throw' }: Partial<OutboxOptions>,
  { after }: Pick<Clock, 'after'>,
  onDrop: (message: Out, cause: DropCause, options: SendOptions) => void,
): Outbox<Out> {
  /** In order, each under the app's key or one of its own, so that taking out one costs the same among many. */
  const waiting = new Map<unknown, Entry<Out>>();
  let queuedBytes = 0;
  const take = (key: unknown) => {
    const entry = waiting.get(key) as Entry<Out>;
    waiting.delete(key);
    queuedBytes -= entry[1];
    entry[2]();
    return entry;
  };
  const drop = ([message, , , options]: Entry<Out>, cause: DropCause) => onDrop(message, cause, options);
  let items = waiting.entries();
  let first: OutboxItem<Out> | undefined;
  /** One iterator for all: each new one would go past the holes that those before have left. */
  const oldest = () => {
    if (!first || waiting.get(first[0]) !== first[1]) {
      first = items.next().value;
      if (!first) items = waiting.entries();
    }
    return first;
  };
  return [
    (message, options) => {
      const { ttlMs, key = {}, signal } = options;
      // Throws on what is no signal, before anything gives way.
      onAbort(signal, () => {})();
      const length = typeof message === 'string' ? encodeUtf8(message).length : message.byteLength;
      /** Told when the message is in: who listens may send another. */
      const given: (readonly [Entry<Out>, DropCause])[] = [];
      let replaced = waiting.get(key);
      while (
        waiting.size - (replaced ? 1 : 0) >= maxMessages ||
        queuedBytes - (replaced ? replaced[1] : 0) + length > maxBytes
      ) {
        if (whenFull === 'throw') failOn('queue-full', waiting.size + 1, [maxMessages, maxBytes]);
        // A message that could never fit pushes out no other.
        if (whenFull === 'drop-newest' || length > maxBytes || !maxMessages)
          return onDrop(message, 'queue-full', options);
        given.push([take((oldest() as OutboxItem<Out>)[0]), 'queue-full']);
        replaced = waiting.get(key);
      }
      if (replaced) given.push([take(key), 'replaced']);
      const giveUp = (cause: DropCause) => drop(take(key), cause);
      const stopTimer = after(ttlMs, () => giveUp('expired'));
      const stopListening = onAbort(signal, () => giveUp('aborted'));
      queuedBytes += length;
      waiting.set(key, [
        typeof message === 'string' ? message : (viewBytes(message).slice() as Outgoing as Out),
        length,
        () => {
          stopTimer();
          stopListening();
        },
        options,
      ]);
      for (const it of given) drop(...it);
    },
    (handOver) => {
      // Most often nothing waits: there is nothing to ask an iterator for.
      while (waiting.size) {
        const [key, [message, , , options]] = oldest() as OutboxItem<Out>;
        if (!handOver(message, options)) return false;
        take(key);
      }
      return true;
    },
    (cause) => {
      for (const key of waiting.keys()) drop(take(key), cause);
    },
    () => queuedBytes,
  ];
}
