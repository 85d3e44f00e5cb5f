import { type CommonOptions, failOn } from '@holdfast/core/adapter';
import { checkTls } from '../dial/check-tls.ts';
import { type NodeOptions, type ResolvedNodeOptions, resolveNodeOptions } from '../options.ts';

type TimesAndSizes = Pick<CommonOptions, 'connectTimeoutMs' | 'closeTimeoutMs' | 'maxMessageBytes'>;

/** The third argument of `new WebSocket`, which the standard does not have. */
export interface WebSocketOptions extends NodeOptions, TimesAndSizes {}

/** All names that there are; the compiler finds one that is missing. */
const names: { readonly [Name in keyof WebSocketOptions]-?: true } = {
  headers: true,
  origin: true,
  tls: true,
  proxy: true,
  socketPath: true,
  followRedirects: true,
  limits: true,
  compression: true,
  connectTimeoutMs: true,
  closeTimeoutMs: true,
  maxMessageBytes: true,
};

/** Fills in the defaults. Throws a HoldfastError, as `connect` does; what only a client has is an unknown option here. */
export function resolveWebSocketOptions(options: WebSocketOptions): ResolvedNodeOptions<unknown, unknown> {
  // Also what is inherited, which is read as any other.
  for (const name in options) {
    if (!(name in names)) failOn('unknown-option', `options.${name}`, Object.keys(names));
  }
  const resolved = resolveNodeOptions<unknown, unknown>(options);
  if (resolved.tls) checkTls(resolved.tls);
  return resolved;
}
