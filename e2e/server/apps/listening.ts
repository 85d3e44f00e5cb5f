import type { AddressInfo, Server } from 'node:net';
import { closeListener } from '../../servers/listen.ts';
import type { App, Live } from './app.ts';

/** Ends an HTTP server and its WebSockets: nobody comes any more, and all who are there go. */
export async function stopBoth(http: Server, live: Live): Promise<void> {
  const closed = closeListener(http);
  await live.drain();
  await closed;
}

/** The port of an app. */
export function portOf({ http }: Pick<App, 'http'>): number {
  return (http.address() as AddressInfo).port;
}
