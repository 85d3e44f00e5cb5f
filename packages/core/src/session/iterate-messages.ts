import type { Emitter } from '../events/emitter.ts';
import type { ClientEvent, ClosedEvent, MessageEvent } from '../events/client-event.ts';

/** The messages of a client from this call on, in order, until it is closed, which it may be already. */
export function iterateMessages<In, Out>(
  on: Emitter<ClientEvent<In, Out>>[0],
  closed: ClosedEvent | undefined,
): AsyncGenerator<In, undefined> {
  const waiting: (MessageEvent<In> | ClosedEvent)[] = closed ? [closed] : [];
  let wake: (() => void) | undefined;
  const off = on(['message', 'closed'], (event) => {
    waiting.push(event);
    wake?.();
  });
  return (async function* () {
    try {
      for (let event = waiting.shift(); event?.type !== 'closed'; event = waiting.shift()) {
        if (event) yield event.data;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      return undefined;
    } finally {
      off();
    }
  })();
}
