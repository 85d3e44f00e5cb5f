import { listen } from '@holdfast/core/adapter';

/** A page that was left lets go in a moment; one that is there may keep it for hours. */
const waitMs = 5_000;

/**
 * Takes a store for this page, and answers what lets it go. Where another has it, waits, but for 5 s at most; rejects then,
 * and when `signal` is aborted. On an insecure origin, where there are no Web Locks, it is had at once.
 */
export async function lockForPage(name: string, signal: AbortSignal): Promise<() => void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return () => {};
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error('another tab has it')), waitMs);
  const stop = listen(signal, 'abort', () => waiting.abort(signal.reason));
  try {
    return await new Promise<() => void>((resolve, reject) => {
      const hold = () => new Promise<void>((letGo) => resolve(letGo));
      // Some reject with a reason of their own.
      const fail = (cause: unknown) => reject(waiting.signal.aborted ? waiting.signal.reason : cause);
      locks.request(`holdfast.delivery:${name}`, { signal: waiting.signal }, hold).catch(fail);
    });
  } finally {
    clearTimeout(timer);
    stop();
  }
}
