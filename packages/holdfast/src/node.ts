import { type Client, type Message, type Outgoing, resolveOptions, type UrlSource } from '@holdfast/core/adapter';
import { connect as connectHere } from '@holdfast/node';
import type { ConnectOptions } from './options.ts';

export type * from '@holdfast/node';
export { createRetryBudget, HoldfastError, toStreams } from '@holdfast/node';
export type { ConnectOptions, WebOptions } from './options.ts';

/**
 * A client of this URL, in Node over a socket of our own, in a browser over its WebSocket. Returns at once, and never
 * throws for a network reason: a wrong URL or option throws a HoldfastError.
 */
export function connect<In = Message, Out = Outgoing>(
  url: UrlSource,
  { node, web: _web, ...common }: ConnectOptions<In, Out> = {},
): Client<In, Out> {
  // What Node alone knows stands under its name, so that a page refuses the same.
  resolveOptions(common);
  return connectHere<In, Out>(url, { ...common, ...node });
}
