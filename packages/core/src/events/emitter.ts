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
  guard: <T>(who: string, call: () => T) => T | undefined,
];

/** An emitter without listeners. */
export function createEmitter<E extends { type: string }>(): Emitter<E> {
  type Listener = (event: E | ErrorEvent) => unknown;
  const listeners: Record<string, Set<Listener>> = {};
  const listenersOf = (type: string) => (listeners[type] ??= new Set());
  /** What is being told, and what it caused meanwhile. The last event stays, so that none comes after it. */
  const events: (E | ErrorEvent)[] = [];

  const emit = (event: E | ErrorEvent) => {
    if (events.push(event) > 1) return;
    for (; events[0]; events.shift()) {
      const told = events[0];
      const { type } = told;
      const set = listenersOf(type);
      for (const listener of [...set]) guard(type, () => set.has(listener) && listener(told));
      if (type === 'closed') return;
    }
  };
  const guard = <T>(who: string, call: () => T): T | undefined => {
    const fail = (cause: unknown) => {
      // A listener for errors that fails itself has nobody left to tell.
      if (who !== 'error') emit({ type: 'error', error: new HoldfastError('listener-threw', who, { cause }) });
    };
    try {
      const answer = call();
      (answer as Promise<unknown> | undefined)?.catch?.(fail);
      return answer;
    } catch (thrown) {
      fail(thrown);
      return undefined;
    }
  };
  return [
    (types, listener, { once, signal } = {}, onAborted) => {
      const sets = [types].flat().map(listenersOf as (type: unknown) => Set<Listener>);
      const entry: Listener = (event) => {
        if (once) off();
        return listener(event as never);
      };
      const off = () => {
        for (const set of sets) set.delete(entry);
        stop();
      };
      const stop = onAbort(signal, (reason) => {
        off();
        onAborted?.(reason);
      });
      if (!signal?.aborted) for (const set of sets) set.add(entry);
      return off;
    },
    emit,
    guard,
  ];
}
