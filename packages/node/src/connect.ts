import {
  type Client,
  createClient,
  type Message,
  type Outgoing,
  ReadPauses,
  sendDefaults as commonSendDefaults,
  type SendOptions,
  type UrlSource,
} from '@holdfast/core/adapter';
import { checkTls } from './dial/check-tls.ts';
import type { LineWatcher } from './dial/watch-line.ts';
import { nodeConnector } from './node-connector.ts';
import { onWake } from './on-wake.ts';
import { type ConnectOptions, resolveNodeOptions } from './options.ts';
import { platformClock } from './platform-clock.ts';
import { sendDefaults as linkSendDefaults } from './socket-link.ts';

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

const sendDefaults: Required<NodeSendOptions> = { ...commonSendDefaults, ...linkSendDefaults };

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
  const pauses = new ReadPauses();
  const client = createClient(
    url,
    resolved,
    nodeConnector(resolved, (link) => pauses.attach(link), watch),
    {
      // By name: an object that begins with a spread is of a shape of its own, each time.
      now: platformClock.now,
      after: platformClock.after,
      random: Math.random,
      canPing: true,
      canRefresh: typeof resolved.headers === 'function',
      isPaused: () => pauses.isPaused,
      sendDefaults,
    },
  );
  client.on('closed', onWake(client.wake));
  return pauses.follow(client);
}
