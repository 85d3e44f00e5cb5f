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

/** An emitter without listeners. `guard` calls each listener, and keeps what it throws from the others. */
export function createEmitter<E extends { type: string }>(
  guard: (type: E['type'], call: () => unknown) => void,
): Emitter<E> {
  const listeners: Record<string, Set<(event: never) => unknown>> = {};
  const listenersOf = (type: string) => (listeners[type] ??= new Set());
  return {
    on(type, listener, { once, signal } = {}) {
      const set = listenersOf(type);
      const entry: typeof listener = (event) => {
        if (once) off();
        return listener(event);
      };
      set.add(entry);
      const off = () => {
        set.delete(entry);
        stop?.();
      };
      let stop: (() => void) | undefined;
      stop = onAbort(signal, off);
      return off;
    },
    emit(event) {
      const { type } = event;
      const set = listenersOf(type);
      for (const listener of [...set]) guard(type, () => set.has(listener) && listener(event as never));
    },
  };
}
