import { listen, type SessionClient } from '@holdfast/core/adapter';

/**
 * Wakes the client, until it is closed, when the network is there again, the page comes out of the browser's cache of
 * pages, or is looked at again. In a worker, the events that it does not have do not come.
 */
export function wakeWithPage<In, Out>(page: EventTarget, client: Pick<SessionClient<In, Out>, 'on' | 'wake'>): void {
  // visibilitychange is told to the document, and comes up to the window.
  for (const type of ['online', 'pageshow', 'visibilitychange']) {
    const stop = listen(page, type, () => {
      if (!globalThis.document?.hidden) client.wake();
    });
    client.on('closed', stop);
  }
}
