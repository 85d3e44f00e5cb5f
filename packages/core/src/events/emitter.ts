import { type AbortSignalLike, onAbort } from '../abort-signal.ts';
import type { EventMap } from './client-event.ts';

/** How long a listener listens. */
export interface ListenOptions {
  /** For the next event only. */
  readonly once?: boolean;
  /** Until this is aborted. */
  readonly signal?: AbortSignalLike | undefined;
}

/** Events of one union, to listeners by type. */
export interface Emitter<E extends { type: string }> {
  /** Calls `listener` for each event of this type; the answer ends that. */
  on<K extends E['type']>(type: K, listener: (event: EventMap<E>[K]) => unknown, options?: ListenOptions): () => void;
  /** Tells all who listened when it began and still do. */
  emit(event: E): void;
}

type Listener = (event: never) => unknown;

/** An emitter without listeners. What a listener throws, or rejects with, goes to `onThrow`. */
export function createEmitter<E extends { type: string }>(
  onThrow: (type: E['type'], thrown: unknown) => void,
): Emitter<E> {
  const listeners: Record<string, Set<Listener>> = {};
  return {
    on(type, listener, { once, signal } = {}) {
      listeners[type] ??= new Set();
      const set = listeners[type];
      const entry: typeof listener = (event) => {
        if (once) off();
        return listener(event);
      };
      set.add(entry);
      const off = () => {
        set.delete(entry);
        stopWaiting();
      };
      // An aborted signal calls `off` before there is anything to stop.
      let stopWaiting = () => {};
      stopWaiting = onAbort(signal, off);
      return off;
    },
    emit(event) {
      const set = listeners[event.type] ?? [];
      const fail = (thrown: unknown) => onThrow(event.type, thrown);
      for (const listener of [...set]) {
        try {
          if ((set as Set<Listener>).has(listener)) {
            (listener(event as never) as Promise<unknown> | undefined)?.catch?.(fail);
          }
        } catch (thrown) {
          fail(thrown);
        }
      }
    },
  };
}
