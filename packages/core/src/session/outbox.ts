import { failOn } from '../errors.ts';
import { encodeUtf8, type Outgoing, viewBytes } from '../message.ts';

/** How much may wait for a link, and what gives way when that is full. */
export interface OutboxOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly whenFull: 'throw' | 'drop-oldest' | 'drop-newest';
}

/** Messages that wait for a link, in order and bounded. */
export type Outbox<Out> = readonly [
  /** Adds a message, as a copy where the app could change it. Throws `queue-full` where the policy is to throw. */
  enqueue: (message: Out) => void,
  /** Hands over all that waits, the oldest first, until one is not taken; answers whether all were. */
  flush: (handOver: (message: Out) => boolean) => boolean,
  /** The payloads that wait, in bytes. */
  queuedBytes: () => number,
];

/**
 * An empty outbox; without options nothing may wait. `onFull` is told of each message that gives way. Throws
 * `invalid-option` on a policy that there is not.
 */
export function createOutbox<Out extends Outgoing>(
  { maxMessages = 0, maxBytes = 0, whenFull = 'throw' }: Partial<OutboxOptions>,
  onFull: (message: Out) => void,
): Outbox<Out> {
  const choices = /^(throw|drop-oldest|drop-newest)$/;
  if (!choices.test(whenFull)) failOn('invalid-option', `whenFull ${whenFull}`, choices);
  const waiting: (readonly [message: Out, bytes: number])[] = [];
  let queuedBytes = 0;
  const take = () => {
    const [message, bytes] = waiting.shift() as (typeof waiting)[number];
    queuedBytes -= bytes;
    return message;
  };
  return [
    (message) => {
      const isText = typeof message === 'string';
      const payload = isText ? encodeUtf8(message) : viewBytes(message).slice();
      const { length } = payload;
      while (waiting.length >= maxMessages || queuedBytes + length > maxBytes) {
        if (whenFull === 'throw') failOn('queue-full', waiting.length + 1, [maxMessages, maxBytes]);
        // A message that could never fit pushes out no other.
        if (whenFull === 'drop-newest' || length > maxBytes || !maxMessages) return onFull(message);
        onFull(take());
      }
      queuedBytes += length;
      waiting.push([isText ? message : (payload as Outgoing as Out), length]);
    },
    (handOver) => {
      while (waiting[0] && handOver(waiting[0][0])) take();
      return !waiting[0];
    },
    () => queuedBytes,
  ];
}
