/** The part of a page, or of a worker, that tells when it comes back to life. */
export type SignalTarget = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

const wakeEvents = ['online', 'pageshow', 'visibilitychange'];

/**
 * Calls `wake` when the network is there again, the page comes out of the cache of pages, or is looked at again. The
 * answer ends that. In a worker the events that it does not have do not come.
 */
export function onPageWake(target: SignalTarget, wake: () => void): () => void {
  const listener = () => {
    if (globalThis.document?.visibilityState !== 'hidden') wake();
  };
  for (const type of wakeEvents) target.addEventListener(type, listener, true);
  return () => {
    for (const type of wakeEvents) target.removeEventListener(type, listener, true);
  };
}
