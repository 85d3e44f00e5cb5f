import type { Client, CommonOptions, Message, Outgoing, UrlSource } from '@holdfast/core/adapter';
import { createClient, HoldfastError, resolveOptions } from '@holdfast/core/adapter';
import { wakeWithPage } from './page-signals.ts';
import { webPlatform } from './web-platform.ts';
import { webConnector } from './web-link.ts';

/** The options of a client in a browser. */
export interface ConnectOptions<In = Message, Out = Outgoing> extends CommonOptions<In, Out> {}

/**
 * A client of this URL over the browser's WebSocket; a relative URL goes by the page's. Returns at once, and never
 * throws for a network reason: a wrong URL or option throws a HoldfastError.
 */
export function connect<In = Message, Out extends Outgoing = Outgoing>(
  url: UrlSource,
  options: ConnectOptions<In, Out> = {},
): Client<In, Out> {
  const resolved = resolveOptions(options);
  if (!globalThis.WebSocket) throw new HoldfastError('no-websocket');
  const client = createClient(
    url,
    resolved,
    webConnector(resolved.maxMessageBytes),
    webPlatform,
    globalThis.location?.href,
  );
  wakeWithPage(globalThis, client);
  return client;
}
