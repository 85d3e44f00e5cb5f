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
  const entries: { readonly message: Out; readonly size: number }[] = [];
  const take = () => {
    const { message, size } = entries.shift() as (typeof entries)[0];
    outbox.bytes -= size;
    return message;
  };
  const outbox: Outbox<Out> = {
    bytes: 0,
    flush(handOver) {
      while (entries[0] && handOver(entries[0].message)) take();
      return !entries[0];
    },
    push(message) {
      const isText = typeof message === 'string';
      const copy = isText ? encodeUtf8(message) : viewBytes(message).slice();
      const size = copy.length;
      while (entries.length >= maxMessages || outbox.bytes + size > maxBytes) {
        if (whenFull === 'throw') failOn('queue-full', `${entries.length}, ${outbox.bytes} bytes`, `${maxMessages}, ${maxBytes}`);
        // A message that could never fit pushes out no other.
        if (whenFull === 'drop-newest' || size > maxBytes || !entries[0]) return onDrop(message, 'queue-full');
        onDrop(take(), 'queue-full');
      }
      outbox.bytes += size;
      entries.push({ message: isText ? message : (copy as Outgoing as Out), size });
    },
    clear() {
      while (entries[0]) onDrop(take(), 'closed');
    },
  };
  return outbox;
}
