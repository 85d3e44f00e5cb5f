/**
 * Calls `wake` when the network is there again, the page comes out of the browser's cache of pages, or is looked at
 * again. The answer ends that. In a worker, the events that it does not have do not come.
 */
export function onPageWake(target: EventTarget, wake: () => void): () => void {
  const stop = new AbortController();
  for (const type of ['online', 'pageshow', 'visibilitychange']) {
    target.addEventListener(
      type,
      () => {
        if (!globalThis.document?.hidden) wake();
      },
      // visibilitychange is told to the document, and passes the window on its way.
      { capture: true, signal: stop.signal },
    );
  }
  return () => stop.abort();
}
