import type { AbortSignalLike } from '../abort-signal.ts';
import type { EventMap } from '../events/client-event.ts';
import type { Emitter } from '../events/emitter.ts';

/** What each event means to who waits: the answer, or what is thrown. */
export type Answers<E extends { type: string }, T> = { readonly [K in E['type']]?: (event: EventMap<E>[K]) => T };

/** Waits for the first of several events, or until the signal is aborted: then it rejects with the reason. */
export function firstEvent<E extends { type: string }, T>(
  emitter: Emitter<E>,
  answers: Answers<E, T>,
  signal?: AbortSignalLike,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      for (const off of offs) off();
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      stop();
      reject(signal?.reason);
    };
    const offs = (Object.keys(answers) as E['type'][]).map((type) =>
      emitter.on(type, (event) => {
        stop();
        try {
          resolve((answers[type] as (event: EventMap<E>[E['type']]) => T)(event));
        } catch (error) {
          reject(error);
        }
      }),
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });
}
