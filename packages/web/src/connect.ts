import type { Client, CommonOptions, Message, Outgoing, UrlSource } from '@holdfast/core/adapter';
import { createClient, HoldfastError, resolveOptions } from '@holdfast/core/adapter';
import { followPage } from './page-signals.ts';
import { webPlatform } from './web-platform.ts';
import { webConnector } from './web-link.ts';
import type { Transport } from './transport.ts';
import type { Timers } from './worker-timers.ts';

/** The options of a client in a browser. */
export interface ConnectOptions<In = Message, Out = Outgoing> extends CommonOptions<In, Out>, WebOptions {}

/** What only browsers know. */
export interface WebOptions {
  /**
   * Where to ask by HTTP why a dial failed, which browsers hide: the error then is `http-status` with the status, such as
   * 401, 403 or 429, `offline`, `cors-refused` or `dial-failed`. Default: nobody is asked, and the error is `dial-failed`.
   */
  readonly diagnose?: string;
  /** Timers in the place of the page's, which run late while it is hidden: `workerTimers()`. Default: the page's. */
  readonly timers?: Timers;
  /** Links in the place of the native WebSocket's: `streamTransport()`, made for this client alone. */
  readonly transport?: Transport | undefined;
}

const webDefaults = {
  diagnose: '',
  timers: { after: webPlatform.after },
  transport: undefined as Transport | undefined,
};

/**
 * A client of this URL over the browser's WebSocket; a relative URL goes by the page's. Returns at once, and never
 * throws for a network reason: a wrong URL or option throws a HoldfastError.
 */
export function connect<In = Message, Out = Outgoing>(
  url: UrlSource,
  options: ConnectOptions<In, Out> = {},
): Client<In, Out> {
  const resolved = resolveOptions<In, Out, typeof webDefaults>(options, webDefaults);
  if (!globalThis.WebSocket) throw new HoldfastError('no-websocket');
  const { transport, maxMessageBytes, diagnose } = resolved;
  const client = createClient(
    url,
    resolved,
    (transport?.connector ?? webConnector)(maxMessageBytes, diagnose),
    { ...webPlatform, ...resolved.timers, ...transport },
    globalThis.location?.href,
  );
  followPage(globalThis, client);
  return transport?.follow(client) ?? client;
}
