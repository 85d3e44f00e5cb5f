import { listen, type SessionClient, watchSleep } from '@holdfast/core/adapter';
import { isOffline, webPlatform } from './web-platform.ts';

/** The part of a client that follows its page. */
type Follower<In, Out> = Pick<SessionClient<In, Out>, 'on' | 'state' | 'wake' | 'rest'>;

/**
 * Wakes the client, until it is closed, when the network is there again, the page is looked at again or goes on after a
 * rest, or the machine has slept; and lets it rest while the page lies in the browser's cache of pages. In a worker, the
 * events that it does not have do not come.
 */
export function followPage<In, Out>(page: EventTarget, client: Follower<In, Out>): void {
  const follow = (types: readonly string[], listener: (event: Event) => void) => {
    for (const type of types) client.on('closed', listen(page, type, listener as () => void));
  };
  /** Without a network there is nothing to dial, but the word may be wrong: an open line is asked. */
  const wake = () => {
    if (client.state.name === 'open' || !isOffline()) client.wake();
  };
  follow(['online', 'offline'], wake);
  // visibilitychange and resume are told to the document, and come up to the window.
  follow(['pageshow', 'resume', 'visibilitychange'], ({ type }) => {
    // Who looks at the page wants it to try, whatever the browser says of the network.
    if (type !== 'visibilitychange' || !globalThis.document?.hidden) client.wake();
  });
  follow(['pagehide'], (event) => {
    if ((event as PageTransitionEvent).persisted) client.rest();
  });
  client.on(
    'closed',
    watchSleep(webPlatform, () => Date.now(), wake),
  );
}
