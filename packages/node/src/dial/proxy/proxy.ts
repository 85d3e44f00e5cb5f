import { HoldfastError } from '@holdfast/core';
import { failOn } from '@holdfast/core/adapter';
import { checkHeaders } from '../../handshake/client-handshake.ts';
import { credentialsOf, type Endpoint } from '../../handshake/endpoint.ts';
import type { Headers, ProxyOptions, RouteOptions, TlsOptions } from '../options.ts';
import { checkTls } from '../check-tls.ts';

/** A proxy, and how it is asked. */
export interface Proxy extends Pick<Endpoint, 'host' | 'port' | 'isSecure' | 'credentials'> {
  readonly kind: 'http' | 'socks5';
  /** Whether the name of the server is resolved by the proxy. */
  readonly resolvesNames: boolean;
  /** How TLS is spoken with the proxy itself. */
  readonly tls: TlsOptions;
  /** Further headers of CONNECT. */
  readonly headers: Headers;
}

/** The schemes that a proxy's URL may have, and the port of each where the URL has none. */
const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
  'socks5h:': 1080,
};
const optionNames = ['url', 'tls', 'headers'];

/** What an app says of a proxy. Throws `invalid-option`, `unknown-option`, `invalid-header`, with no password in it. */
export function parseProxy(given: NonNullable<RouteOptions['proxy']>): Proxy {
  if (typeof given === 'string' || given instanceof URL) return parseUrl(String(given), {}, {});
  if (Object(given) !== given) failOn('invalid-option', `proxy ${String(given)}`, 'a URL or an object');
  for (const name of Object.keys(given)) {
    if (!optionNames.includes(name)) failOn('unknown-option', `proxy.${name}`, optionNames);
  }
  const { url, tls = {}, headers = {} } = given as ProxyOptions;
  checkTls(tls);
  checkHeaders(headers);
  return parseUrl(String(url), tls, headers);
}

function parseUrl(given: string, tls: TlsOptions, headers: Headers): Proxy {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const port = defaultPorts[url?.protocol ?? ''];
  if (!url || port === undefined || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search || url.hash) {
    // What stands before the @ is a secret.
    const shown = given.replace(/\/\/[^/]*@/, '//');
    failOn('invalid-option', `proxy ${shown}`, 'a URL with a host alone, of http:, https:, socks5: or socks5h:');
  }
  const { protocol, hostname } = url;
  return {
    kind: protocol.startsWith('http') ? 'http' : 'socks5',
    host: hostname.replace(/^\[|\]$/g, ''),
    // Of a scheme that it knows, a URL leaves the port out.
    port: url.port === '' ? port : Number(url.port),
    isSecure: protocol === 'https:',
    credentials: credentialsOf(url),
    resolvesNames: protocol !== 'socks5:',
    tls,
    headers,
  };
}

/** What a proxy did wrong, or what was done to reach it, as the error of a dial. */
export function proxyError(
  { host, port }: Pick<Proxy, 'host' | 'port'>,
  what: string,
  details: ConstructorParameters<typeof HoldfastError>[2] = {},
): HoldfastError {
  return new HoldfastError('proxy-failed', `${host} port ${port}: ${what}`, details);
}
