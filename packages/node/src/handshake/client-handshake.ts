import { HoldfastError, type HoldfastErrorCode } from '@holdfast/core';
import { checkAnswer, type DeflateAgreement, formatOffers } from '../deflate/negotiation.ts';
import type { ResolvedCompression } from '../deflate/options.ts';
import type { AcceptKey } from './accept-guid.ts';
import type { Endpoint } from './endpoint.ts';
import { headerValues, listItems, showValues } from './http-head.ts';
import { fieldValue, token } from './http-syntax.ts';
import type { ResponseHead } from './response-head.ts';

/** What goes into the request of a client. */
export interface ClientRequest {
  readonly endpoint: Endpoint;
  /** 16 random bytes in base64 (RFC 6455 4.1, point 7). */
  readonly key: string;
  readonly protocols: readonly string[];
  /** What compression is offered, the preferred first. Default: none. */
  readonly compression?: readonly ResolvedCompression[];
  /** Further headers, checked by `checkHeaders`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers that the handshake itself sets, or that would change what the request is. */
const reservedHeaders = new Set([
  'connection',
  'content-length',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Throws `invalid-header` on a name or a value that could not travel, or would break the handshake. */
export function checkHeaders(headers: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const shown = JSON.stringify(name);
    if (!token.test(name)) throw new HoldfastError('invalid-header', `header name ${shown} is not a token of RFC 9110`);
    if (reservedHeaders.has(name.toLowerCase())) {
      throw new HoldfastError('invalid-header', `header ${shown} belongs to the handshake and cannot be set`);
    }
    // The value may be secret: it is not shown.
    if (typeof value !== 'string') throw new HoldfastError('invalid-header', `header ${shown} is not a string`);
    if (!fieldValue.test(value)) {
      throw new HoldfastError(
        'invalid-header',
        `header ${shown} has a line break or another character that cannot travel`,
      );
    }
  }
}

/** The request's bytes as text of Latin-1 (RFC 6455 4.1). */
export function formatRequest({ endpoint, key, protocols, compression = [], headers }: ClientRequest): string {
  const fields: [string, string][] = [
    ['Host', endpoint.authority],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', '13'],
  ];
  if (protocols.length > 0) fields.push(['Sec-WebSocket-Protocol', protocols.join(', ')]);
  if (compression.length > 0) fields.push(['Sec-WebSocket-Extensions', formatOffers(compression)]);
  if (endpoint.credentials) {
    fields.push(['Authorization', `Basic ${Buffer.from(endpoint.credentials).toString('base64')}`]);
  }
  for (const [name, value] of Object.entries(headers)) {
    const known = fields.find(([other]) => other.toLowerCase() === name.toLowerCase());
    if (known) known[1] = value;
    else fields.push([name, value]);
  }
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${endpoint.resource} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** What a client and a server agreed on. */
export interface Agreement {
  /** The sub-protocol, or ''. */
  readonly protocol: string;
  readonly deflate: DeflateAgreement | undefined;
}

/** Checks a response with status 101 by RFC 6455 4.1, its key by `acceptKey`. Throws `handshake-…`. */
export function checkResponse(
  head: ResponseHead,
  { key, protocols, compression = [] }: Pick<ClientRequest, 'key' | 'protocols' | 'compression'>,
  acceptKey: AcceptKey,
): Agreement {
  const upgrade = headerValues(head.headers, 'upgrade');
  if (upgrade.length !== 1 || upgrade[0]?.toLowerCase() !== 'websocket') {
    throw refused('handshake-upgrade', 'Upgrade', upgrade, 'websocket');
  }
  const connection = headerValues(head.headers, 'connection');
  if (!listItems(connection).some((item) => item.toLowerCase() === 'upgrade')) {
    throw refused('handshake-connection', 'Connection', connection, 'Upgrade');
  }
  const accept = headerValues(head.headers, 'sec-websocket-accept');
  if (accept.length !== 1 || accept[0] !== acceptKey(key)) {
    throw refused('handshake-accept', 'Sec-WebSocket-Accept', accept, acceptKey(key));
  }
  return {
    deflate: checkAnswer(headerValues(head.headers, 'sec-websocket-extensions'), compression),
    protocol: checkProtocol(headerValues(head.headers, 'sec-websocket-protocol'), protocols),
  };
}

function checkProtocol(chosen: string[], offered: readonly string[]): string {
  const [protocol = ''] = chosen;
  const isAgreed = offered.length === 0 ? chosen.length === 0 : chosen.length === 1 && offered.includes(protocol);
  if (isAgreed) return protocol;
  // As in browsers, an offer that is not taken up is a refusal too (WHATWG WebSockets, establish a connection).
  const expected = offered.length === 0 ? 'none, for none was offered' : `one of ${offered.join(', ')}`;
  throw refused('handshake-protocol', 'Sec-WebSocket-Protocol', chosen, expected);
}

function refused(code: HoldfastErrorCode, name: string, values: readonly string[], expected: string): HoldfastError {
  return new HoldfastError(code, `${name}: got ${showValues(values)}, expected ${expected}`);
}
