import {
  type Client,
  createClient,
  type Message,
  type Outgoing,
  type SendOptions,
  type UrlSource,
} from '@holdfast/core/adapter';
import { ClientPlatform } from './client-platform.ts';
import { checkTls } from './dial/check-tls.ts';
import type { LineWatcher } from './dial/watch-line.ts';
import { nodeConnector } from './node-connector.ts';
import { onWake } from './on-wake.ts';
import { type ConnectOptions, resolveNodeOptions } from './options.ts';

/** A client in Node, where an app may say more of a message. */
export interface NodeClient<In = Message, Out = Outgoing> extends Client<In, Out> {
  send(message: Out, options?: NodeSendOptions): 'sent' | 'queued';
}

/** What an app may say of one message in Node. */
export interface NodeSendOptions extends SendOptions {
  // Said here anew: declarations that took it from the link would come by way of the server's, which need those of Node.
  /** `false` sends it as it is, also where messages are compressed. */
  readonly compress?: boolean;
}

/**
 * A client of this URL over a socket of our own. Returns at once, and never throws for a network reason: a wrong URL or
 * option throws a HoldfastError.
 */
export function connect<In = Message, Out = Outgoing>(
  url: UrlSource,
  options: ConnectOptions<In, Out> = {},
): NodeClient<In, Out> {
  return connectWatched(url, options);
}

/** `connect`, where somebody watches the bytes of each line: `watch` is called when one is open. */
export function connectWatched<In = Message, Out = Outgoing>(
  url: UrlSource,
  options: ConnectOptions<In, Out>,
  watch?: () => LineWatcher,
): NodeClient<In, Out> {
  const resolved = resolveNodeOptions(options);
  if (resolved.tls) checkTls(resolved.tls);
  const platform = new ClientPlatform(typeof resolved.headers === 'function');
  const connector = nodeConnector(resolved, platform.pauses, watch);
  const client = createClient(url, resolved, connector, platform);
  client.on('closed', onWake(client));
  return platform.pauses.follow(client);
}
