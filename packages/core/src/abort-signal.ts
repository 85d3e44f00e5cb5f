import { failOn } from './errors.ts';
import { listen } from './listen.ts';

/** The part of the platform's AbortSignal that core listens to. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Calls `listener` with the reason when the signal is aborted, or in a later turn if it is already; the answer ends the
 * listening. Throws `invalid-option` on what is no signal.
 */
export function onAbort(signal: AbortSignalLike | undefined, listener: (reason: unknown) => void): () => void {
  if (signal && !signal.addEventListener)
    failOn('invalid-option', `signal ${signal as unknown as string}`, 'AbortSignal');
  const tell = () => listener(signal?.reason);
  if (signal?.aborted) void Promise.resolve().then(tell);
  return listen(signal, 'abort', tell);
}
