import type { HoldfastError } from '@holdfast/core';
import { chooseOffer, type DeflateAgreement } from '../deflate/negotiation.ts';
import type { ResolvedCompression } from '../deflate/options.ts';
import type { AcceptKey } from './accept-guid.ts';
import { type Extension, parseExtensions } from './extension-header.ts';
import { type HeadLimits, headerValues, joinHeaders, listItems, showValues } from './http-head.ts';
import { token } from './http-syntax.ts';
import { isOriginAllowed, type OriginPolicy } from './origin.ts';
import { refusal } from './refusal.ts';
import type { RequestHead } from './request-head.ts';

/** What a client asked for, as the app of a server sees it. */
export interface HandshakeRequest {
  /** The path and the query, `/chat?room=1` for example. */
  readonly url: string;
  /** Names in lower case; what came in several lines is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The sub-protocols that it offers, in its order. */
  readonly protocols: readonly string[];
  /** Where it connects from; '' where the socket does not tell. */
  readonly remoteAddress: string;
}

/** By what a server accepts a request. */
export interface HandshakePolicy {
  /** The only path that is served. */
  readonly path: string | undefined;
  readonly origin: OriginPolicy<HandshakeRequest>;
  /** The sub-protocols that the server speaks, the one it prefers first, or what chooses among those offered. */
  readonly protocols: ProtocolChoice;
  /** How messages are compressed. Default: not at all. */
  readonly compression?: ResolvedCompression | undefined;
}

/** How a server chooses the sub-protocol: by its own order, or by a function that answers one of those offered. */
export type ProtocolChoice =
  | readonly string[]
  | ((offered: readonly string[], request: HandshakeRequest) => string | undefined);

/** A request that is a WebSocket handshake, and may be accepted. */
export interface Handshake {
  readonly request: HandshakeRequest;
  readonly key: string;
  /** The sub-protocol chosen, or ''. */
  readonly protocol: string;
  readonly deflate: DeflateAgreement | undefined;
}

/**
 * Checks a request by RFC 6455 4.2.1 and by the policy of the server. Throws `handshake-refused` with the status and the
 * headers of the answer (RFC 6455 4.2.2).
 */
export function checkRequest(head: RequestHead, remoteAddress: string, policy: HandshakePolicy): Handshake {
  checkHttp(head);
  const url = resourceOf(head.target);
  if (url === undefined) throw refusal(400, 'the target is no path and no URL');
  if (policy.path !== undefined && pathOf(url) !== policy.path) throw refusal(404, 'nothing is served here');
  checkUpgrade(head);
  const key = checkKey(head);
  const protocols = checkOffer(head);
  const extensions = checkExtensions(head);
  const request = { url, headers: joinHeaders(head.headers), protocols, remoteAddress };
  checkOrigin(head, policy.origin, request);
  const deflate = policy.compression && chooseOffer(extensions, policy.compression);
  return { request, key, protocol: chooseProtocol(policy.protocols, request), deflate };
}

/** Checks a head that another parser has read against the same limits. Throws `handshake-refused` with status 431. */
export function checkHeadLimits({ headers, target }: RequestHead, limits: HeadLimits): void {
  const { maxHeaderBytes, maxHeaderLineBytes, maxHeaders } = limits;
  const lines = [target.length, ...headers.map(([name, value]) => name.length + 2 + value.length)];
  const bytes = lines.reduce((sum, line) => sum + line + 2, 0);
  if (headers.length > maxHeaders) throw refusal(431, `over ${maxHeaders} headers`);
  if (Math.max(...lines) > maxHeaderLineBytes) throw refusal(431, `a line over ${maxHeaderLineBytes} bytes`);
  if (bytes > maxHeaderBytes) throw refusal(431, `headers over ${maxHeaderBytes} bytes`);
}

/** The response that accepts a handshake, whole (RFC 6455 4.2.2, step 5). */
export function formatAcceptance(
  { key, protocol, deflate }: Pick<Handshake, 'key' | 'protocol' | 'deflate'>,
  acceptKey: AcceptKey,
): string {
  const chosen = protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : '';
  const extensions = deflate ? `Sec-WebSocket-Extensions: ${deflate.text}\r\n` : '';
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n${chosen}${extensions}\r\n`;
}

function checkHttp(head: RequestHead): void {
  const { method, version, headers } = head;
  // RFC 6455 4.2.1, point 1: a GET request of HTTP/1.1 or higher; HTTP/2 and on are other protocols.
  if (!/^1\.[1-9]$/.test(version)) throw refusal(400, `HTTP/${version}, expected HTTP/1.1`);
  if (method !== 'GET') throw refusal(405, `method ${method}, expected GET`, { Allow: 'GET' });
  // RFC 9112 3.2: exactly one Host.
  const hosts = headerValues(headers, 'host');
  if (hosts.length !== 1 || !isHost(hosts[0] as string)) throw wrong('Host', head, 'one host');
  // Its body would be read as frames.
  const hasLength = headerValues(headers, 'content-length').some((length) => length !== '0');
  if (hasLength || headerValues(headers, 'transfer-encoding').length > 0) throw refusal(400, 'a request with a body');
}

/** A name or an address, and a port (RFC 9110 7.2). */
function isHost(text: string): boolean {
  return /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i.test(text);
}

/** The path and the query of a request's target, which may be an absolute URL (RFC 9112 3.2.2); `undefined` if it is neither. */
export function resourceOf(target: string): string | undefined {
  if (target.startsWith('/')) return target.includes('#') ? undefined : target;
  const url = absoluteTarget(target);
  return url && url.pathname + url.search;
}

/** A resource without its query. */
export function pathOf(resource: string): string {
  return resource.split('?', 1)[0] as string;
}

function absoluteTarget(target: string): URL | undefined {
  return /^(?:https?|wss?):\/\/[^#]+$/i.test(target) && URL.canParse(target) ? new URL(target) : undefined;
}

function checkUpgrade(head: RequestHead): void {
  const { headers } = head;
  const upgrade = { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
  const has = (name: string, item: string) =>
    listItems(headerValues(headers, name)).some((other) => other.toLowerCase() === item);
  // RFC 6455 4.2.1, points 3 and 4.
  if (!has('upgrade', 'websocket'))
    throw refusal(426, 'this is a WebSocket server', { ...upgrade, Connection: 'Upgrade, close' });
  if (!has('connection', 'upgrade')) throw wrong('Connection', head, 'Upgrade');
  const versions = headerValues(headers, 'sec-websocket-version');
  // RFC 6455 4.4: the answer names the version that is spoken.
  if (versions.length !== 1 || versions[0] !== '13') {
    throw refusal(426, described('Sec-WebSocket-Version', head, '13'), { ...upgrade, Connection: 'Upgrade, close' });
  }
}

function checkKey(head: RequestHead): string {
  const keys = headerValues(head.headers, 'sec-websocket-key');
  const [key = ''] = keys;
  // RFC 6455 4.2.1, point 5: base64 of 16 bytes, so that the last digit has 4 bits of nothing.
  if (keys.length !== 1 || !/^[A-Za-z\d+/]{21}[AQgw]==$/.test(key))
    throw wrong('Sec-WebSocket-Key', head, '16 bytes in base64');
  return key;
}

function checkOffer(head: RequestHead): string[] {
  const values = headerValues(head.headers, 'sec-websocket-protocol');
  const offered = listItems(values);
  // RFC 6455 4.1, point 10: tokens, each only once.
  const isOffer = offered.every((item) => token.test(item)) && new Set(offered).size === offered.length;
  if (!isOffer || (values.length > 0 && offered.length === 0)) {
    throw wrong('Sec-WebSocket-Protocol', head, 'tokens, each once');
  }
  return offered;
}

/** RFC 6455 9.1: whatever is taken up, what is offered must be an offer. */
function checkExtensions(head: RequestHead): Extension[] {
  const values = headerValues(head.headers, 'sec-websocket-extensions');
  const extensions = values.length > 0 ? parseExtensions(values) : [];
  if (!extensions) throw wrong('Sec-WebSocket-Extensions', head, 'a list of extensions');
  return extensions;
}

function checkOrigin(head: RequestHead, policy: HandshakePolicy['origin'], request: HandshakeRequest): void {
  const origins = headerValues(head.headers, 'origin');
  const [origin] = origins;
  if (origin === undefined) return;
  if (origins.length > 1) throw wrong('Origin', head, 'one origin');
  // RFC 9112 3.2.2: the host of an absolute target counts, not the header.
  const host = absoluteTarget(head.target)?.host ?? request.headers['host'] ?? '';
  if (!isOriginAllowed({ origin, host }, policy, request)) {
    throw refusal(403, `origin ${JSON.stringify(origin.slice(0, 80))} may not connect`);
  }
}

/** RFC 6455 4.2.2, step 4: one of those that the client offers, or none. */
function chooseProtocol(choice: ProtocolChoice, request: HandshakeRequest): string {
  const offered = request.protocols;
  if (typeof choice !== 'function') return choice.find((protocol) => offered.includes(protocol)) ?? '';
  const chosen = choice(offered, request) ?? '';
  if (chosen && !offered.includes(chosen)) throw refusal(500, 'the server chose a sub-protocol that was not offered');
  return chosen;
}

function wrong(name: string, head: RequestHead, expected: string): HoldfastError {
  return refusal(400, described(name, head, expected));
}

function described(name: string, { headers }: RequestHead, expected: string): string {
  return `${name}: got ${showValues(headerValues(headers, name.toLowerCase()))}, expected ${expected}`;
}
