import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import { HoldfastError } from '../errors.ts';
import type { ErrorEvent, EventMap } from './client-event.ts';

/** How long a listener listens. */
export interface ListenOptions {
  /** For the next event only. */
  readonly once?: boolean;
  /** Until this is aborted. */
  readonly signal?: AbortSignalLike | undefined;
}

/** Events of one union, to listeners by type. */
export type Emitter<E extends { type: string }> = readonly [
  /** Calls `listener` for each event of these types; the answer ends that. So does the signal, whose reason is told. */
  on: <K extends E['type']>(
    type: K | readonly K[],
    listener: (event: EventMap<E>[K]) => unknown,
    options?: ListenOptions,
    onAborted?: (reason: unknown) => void,
  ) => () => void,
  /** Tells all who listened when it began and still do, once the events before it are told. Nothing follows `closed`. */
  emit: (event: E | ErrorEvent) => void,
  /** Calls a function of the app: what it throws, or rejects with, becomes an `error` event and harms nothing. */
  guard: <T, A = void>(who: string, call: (argument: A) => T, argument?: A) => T | undefined,
];

/** An emitter without listeners. */
export function createEmitter<E extends { type: string }>(): Emitter<E> {
  type Entry = [types: readonly unknown[], listener: (event: E | ErrorEvent) => unknown, off: () => void];
  /** Never changed, but replaced: who is telling an event keeps the list with which that began. */
  let listeners: readonly Entry[] = [];
  /** What was caused while an event is told. */
  const events: (E | ErrorEvent)[] = [];
  /** After the last event it stays so, and none is told any more. */
  let isTelling = false;
  let isOver = false;

  const emit = (event: E | ErrorEvent) => {
    if (isTelling) {
      events.push(event);
      return;
    }
    isTelling = true;
    for (let told: typeof event | undefined = event; told; told = events.shift()) {
      for (const entry of listeners) {
        if (entry[0].includes(told.type)) guard(told.type, entry[1], told);
      }
      if (told.type === 'closed') {
        isOver = true;
        // Nobody hears more: no signal has to be listened to for them.
        for (const [, , off] of listeners) off();
        return;
      }
    }
    isTelling = false;
  };
  const fail = (who: string, cause: unknown) => {
    // A listener for errors that fails itself has nobody left to tell.
    if (who !== 'error') emit({ type: 'error', error: new HoldfastError('listener-threw', who, { cause }) });
  };
  const guard = <T, A>(who: string, call: (argument: A) => T, argument?: A): T | undefined => {
    try {
      const answer = call(argument as A);
      (answer as Promise<unknown> | undefined)?.catch?.((cause) => fail(who, cause));
      return answer;
    } catch (thrown) {
      return fail(who, thrown) as undefined;
    }
  };
  return [
    (types, listener, { once, signal } = {}, onAborted) => {
      const off = () => {
        listeners = listeners.filter((other) => other !== entry);
        // Also for who is telling an event by the list from before.
        entry[0] = [];
        stop();
      };
      const entry: Entry = [
        [types].flat(),
        (event) => {
          if (once) off();
          return listener(event as never);
        },
        off,
      ];
      const stop = onAbort(isOver ? undefined : signal, (reason) => {
        off();
        onAborted?.(reason);
      });
      if (!signal?.aborted) listeners = [...listeners, entry];
      return off;
    },
    emit,
    guard,
  ];
}
