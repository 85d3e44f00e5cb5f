import type { Client, Message, Outgoing, UrlSource } from '@holdfast/core/adapter';
import { connect as connectHere } from '@holdfast/web';
import type { ConnectOptions } from './options.ts';

export type * from '@holdfast/web';
export { createRetryBudget, HoldfastError, toStreams } from '@holdfast/web';
export type { ConnectOptions, WebOptions } from './options.ts';

/**
 * A client of this URL, over the browser's WebSocket. Returns at once, and never throws for a network reason: a
 * wrong URL or option throws a HoldfastError.
 */
export function connect<In = Message, Out = Outgoing>(
  url: UrlSource,
  { node: _node, web, ...common }: ConnectOptions<In, Out> = {},
): Client<In, Out> {
  return connectHere<In, Out>(url, { ...common, ...web });
}
