import { failOn } from '../errors.ts';
import type { DropCause } from '../events/client-event.ts';
import { encodeUtf8, type Outgoing, viewBytes } from '../message.ts';

/** How much may wait for a link, and what gives way when that is full. */
export interface OutboxOptions {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly whenFull: 'throw' | 'drop-oldest' | 'drop-newest';
}

/** Messages that wait for a link, in order and bounded. */
export interface Outbox<Out> {
  /** The payloads that wait, in bytes. */
  bytes: number;
  /** Hands over all that waits, the oldest first, until one is not taken; answers whether all were. */
  flush(handOver: (message: Out) => boolean): boolean;
  /** Adds a message, as a copy where the app could change it. Throws `queue-full` where the policy is to throw. */
  push(message: Out): void;
  /** Gives up all that waits. */
  clear(): void;
}

/** An empty outbox; without options nothing may wait. `onDrop` is told of each message that is given up. */
export function createOutbox<Out extends Outgoing>(
  options: OutboxOptions | false,
  onDrop: (message: Out, cause: DropCause) => void,
): Outbox<Out> {
  const { maxMessages = 0, maxBytes = 0, whenFull = 'throw' } = options as Partial<OutboxOptions>;
  const waiting: Out[] = [];
  const take = () => {
    const message = waiting.shift() as Out;
    outbox.bytes -= payloadOf(message).length;
    return message;
  };
  const outbox: Outbox<Out> = {
    bytes: 0,
    flush(handOver) {
      while (waiting.length > 0 && handOver(waiting[0] as Out)) take();
      return waiting.length === 0;
    },
    push(message) {
      const payload = payloadOf(message);
      while (waiting.length >= maxMessages || outbox.bytes + payload.length > maxBytes) {
        if (whenFull === 'throw') failOn('queue-full', waiting.length + 1, [maxMessages, maxBytes]);
        // A message that could never fit pushes out no other.
        if (whenFull === 'drop-newest' || payload.length > maxBytes || !maxMessages) return onDrop(message, 'queue-full');
        onDrop(take(), 'queue-full');
      }
      outbox.bytes += payload.length;
      waiting.push(typeof message === 'string' ? message : (payload.slice() as Outgoing as Out));
    },
    clear() {
      while (waiting.length > 0) onDrop(take(), 'closed');
    },
  };
  return outbox;
}

function payloadOf(message: Outgoing): Uint8Array {
  return typeof message === 'string' ? encodeUtf8(message) : viewBytes(message);
}
