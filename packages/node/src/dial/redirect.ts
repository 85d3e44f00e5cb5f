import { HoldfastError } from '@holdfast/core';
import { headerValues } from '../handshake/http-head.ts';
import type { ResponseHead } from '../handshake/response-head.ts';

/** Where a redirect leads. */
export interface Redirect {
  /** An absolute ws: or wss: URL. */
  readonly url: string;
  /** Whether it is the same scheme, host and port: to another, no secret of the app's goes along. */
  readonly isSameOrigin: boolean;
}

const schemes: Readonly<Record<string, string>> = { 'http:': 'ws:', 'https:': 'wss:', 'ws:': 'ws:', 'wss:': 'wss:' };

/** Whether a status sends a client elsewhere (RFC 9110 15.4). */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Where a redirect of the server at `from` leads (RFC 6455 4.1, RFC 9110 10.2.2). Throws `redirect-refused` where that is no
 * place of WebSocket, and where TLS would be left.
 */
export function redirectOf(from: string, { status, headers }: ResponseHead): Redirect {
  const [location, ...others] = headerValues(headers, 'location');
  const refuse = (why: string): never => {
    throw new HoldfastError('redirect-refused', why, {
      status,
      ...(location !== undefined && { headers: { location } }),
    });
  };
  if (location === undefined) return refuse(`status ${status} without Location`);
  if (others.length > 0) return refuse(`status ${status} with more than one Location`);
  const origin = new URL(from);
  // A relative Location is one below the http: or https: URL that the handshake asked for.
  const base = from.replace(/^ws/, 'http');
  if (!URL.canParse(location, base)) return refuse(`Location ${JSON.stringify(location)} is no URL`);
  const target = new URL(location, base);
  const scheme = schemes[target.protocol];
  if (!scheme) return refuse(`Location leads to ${target.protocol}, wanted: ws:, wss:, http: or https:`);
  if (origin.protocol === 'wss:' && scheme !== 'wss:') return refuse('Location leads from wss: to a line without TLS');
  const isSameOrigin = scheme === origin.protocol && target.host === origin.host;
  // Who redirects does not log us in elsewhere; where it is the same server, we are as before.
  const credentials = isSameOrigin ? formatCredentials(origin) : '';
  return { url: `${scheme}//${credentials}${target.host}${target.pathname}${target.search}`, isSameOrigin };
}

function formatCredentials({ username, password }: URL): string {
  if (!username && !password) return '';
  return `${username}${password && `:${password}`}@`;
}
