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
}

/** Messages that wait for a link, in order and bounded. */
export type Outbox<Out> = readonly [
  /** Adds a message, as a copy where the app could change it. Throws `queue-full` where the policy is to throw. */
  enqueue: (message: Out, options: SendOptions) => void,
  /** Hands over all that waits, the oldest first, until one is not taken; answers whether all were. */
  flush: (handOver: (message: Out) => boolean) => boolean,
  /** Gives up all that waits. */
  clear: (cause: DropCause) => void,
  /** The payloads that wait, in bytes. */
  queuedBytes: () => number,
];

type Entry<Out> = readonly [message: Out, bytes: number, key: unknown, stop: () => void];

/**
 * An empty outbox; without options nothing may wait. `onDrop` is told of each message that gives way, and why. Throws
 * `invalid-option` on a policy that there is not.
 */
export function createOutbox<Out extends Outgoing>(
  { maxMessages = 0, maxBytes = 0, whenFull = 'throw' }: Partial<OutboxOptions>,
  { after }: Pick<Clock, 'after'>,
  onDrop: (message: Out, cause: DropCause) => void,
): Outbox<Out> {
  const choices = /^(throw|drop-oldest|drop-newest)$/;
  if (!choices.test(whenFull)) failOn('invalid-option', `whenFull ${whenFull}`, choices);
  const waiting: Entry<Out>[] = [];
  let queuedBytes = 0;
  const take = (index: number, count: number) => {
    for (const [, bytes, , stop] of waiting.splice(index, count)) {
      queuedBytes -= bytes;
      stop();
    }
  };
  const drop = (entry: Entry<Out>, cause: DropCause) => {
    take(waiting.indexOf(entry), 1);
    onDrop(entry[0], cause);
  };
  return [
    (message, { ttlMs, key, signal }) => {
      const length = typeof message === 'string' ? encodeUtf8(message).length : message.byteLength;
      /** Told when the message is in: who listens may send another. */
      const given: Parameters<typeof onDrop>[] = [];
      const giveUp = (entry: Entry<Out>, cause: DropCause) => {
        take(waiting.indexOf(entry), 1);
        given.push([entry[0], cause]);
      };
      let replaced = waiting.find((entry) => key !== undefined && entry[2] === key);
      while (
        waiting.length - (replaced ? 1 : 0) >= maxMessages ||
        queuedBytes - (replaced ? replaced[1] : 0) + length > maxBytes
      ) {
        if (whenFull === 'throw') failOn('queue-full', waiting.length + 1, [maxMessages, maxBytes]);
        // A message that could never fit pushes out no other.
        if (whenFull === 'drop-newest' || length > maxBytes || !maxMessages) return onDrop(message, 'queue-full');
        const oldest = waiting[0] as Entry<Out>;
        if (oldest === replaced) replaced = undefined;
        giveUp(oldest, 'queue-full');
      }
      if (replaced) giveUp(replaced, 'replaced');
      const entry: Entry<Out> = [
        typeof message === 'string' ? message : (viewBytes(message).slice() as Outgoing as Out),
        length,
        key,
        () => {
          stopTimer();
          stopListening();
        },
      ];
      queuedBytes += length;
      waiting.push(entry);
      const stopTimer = after(ttlMs, () => drop(entry, 'expired'));
      const stopListening = onAbort(signal, () => drop(entry, 'aborted'));
      for (const it of given) onDrop(...it);
    },
    (handOver) => {
      let count = 0;
      while (waiting[count] && handOver((waiting[count] as Entry<Out>)[0])) count++;
      take(0, count);
      return !waiting[0];
    },
    (cause) => {
      while (waiting[0]) drop(waiting[0], cause);
    },
    () => queuedBytes,
  ];
}
