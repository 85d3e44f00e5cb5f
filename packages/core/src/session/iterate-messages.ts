import { HoldfastError } from '../errors.ts';
import type { Emitter } from '../events/emitter.ts';
import type { ClientEvent, ClosedEvent, MessageEvent } from '../events/client-event.ts';
import type { Message } from '../message.ts';

/** How much a message took before a codec made something else of it, by its event. */
export const wireLengths: WeakMap<object, number> = new WeakMap();

/** How much of a limit the message of an event takes: bytes, or UTF-16 units of text. */
export function lengthIn(event: { readonly data: unknown }): number {
  return wireLengths.get(event) ?? (event.data as Message).length;
}

/**
 * The messages of a client from this call on, in order, until it is closed, which it may be already. When more than
 * `maxUnreadBytes` wait for their reader, it gets what waits and then `reader-too-slow`.
 */
export function iterateMessages<In, Out>(
  on: Emitter<ClientEvent<In, Out>>[0],
  closed: ClosedEvent | undefined,
  maxUnreadBytes: number = Infinity,
): AsyncGenerator<In, undefined> {
  const waiting: (MessageEvent<In> | ClosedEvent)[] = closed ? [closed] : [];
  let unreadBytes = 0;
  let isOver = false;
  let wake: (() => void) | undefined;
  const off = on(['message', 'closed'], (event) => {
    if (event.type === 'message') unreadBytes += lengthIn(event);
    // One message alone has a limit of its own.
    isOver = unreadBytes > maxUnreadBytes && waiting.length > 0;
    if (isOver) off();
    else waiting.push(event);
    wake?.();
  });
  return (async function* (): AsyncGenerator<In, undefined> {
    try {
      for (let event = waiting.shift(); event?.type !== 'closed'; event = waiting.shift()) {
        if (event) {
          unreadBytes -= lengthIn(event);
          yield event.data;
        } else if (isOver) throw new HoldfastError('reader-too-slow', `limit ${maxUnreadBytes}`);
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      off();
    }
  })();
}
