import type { Server as HttpServer } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import type { Server as HttpsServer } from 'node:https';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import {
  checkProtocols,
  type Codec,
  failOn,
  fillOptions,
  type HoldfastError,
  type Message,
  type Outgoing,
} from '@holdfast/core/adapter';
import type { OriginPolicy } from '../handshake/origin.ts';
import type { HandshakePolicy } from '../handshake/server-handshake.ts';
import { type CompressionOptions, resolveCompression } from '../deflate/options.ts';
import { checkLimits, defaultLimits, type Limits } from '../options.ts';
import type { Connection } from './connection.ts';
import { withDelivery } from './delivery/choose-protocol.ts';
import { type ResolvedServerDelivery, resolveServerDelivery, type ServerDeliveryOptions } from './delivery/options.ts';
import type { HandshakeRequest, ProtocolChoice } from './handshake-request.ts';

/** How one connection of a server behaves. */
export interface ConnectionOptions<In = Message, Out = Outgoing> {
  /** What the messages mean, and of which types they are. Default: they are text and bytes. */
  readonly codec?: Codec<In, Out> | undefined;
  /** The longest message that is taken, in bytes. Default 16 MiB. */
  readonly maxMessageBytes?: number;
  /** The limit of the closing handshake, in ms. Default 5,000. */
  readonly closeTimeoutMs?: number;
  /** Closes with 1001 a connection on which no message has passed for so long, in ms. Default: never. */
  readonly idleTimeoutMs?: number;
  /** How a dead line is found: a ping after each interval, and any sign of life within the time limit. */
  readonly heartbeat?: false | { readonly intervalMs?: number; readonly timeoutMs?: number };
  /** `drained()` and `drain` tell when `bufferedBytes` is below this, in bytes. Default 1 MiB. */
  readonly highWaterMark?: number;
  /**
   * Whether and how messages are compressed with clients that offer it (permessage-deflate, RFC 7692). An offer that would not
   * keep to the windows given here is not taken up. Default false: it costs memory for each connection.
   */
  readonly compression?: boolean | CompressionOptions;
  readonly limits?: ConnectionLimits;
}

/** How much is taken from one client, and kept for it. */
export interface ConnectionLimits extends Limits {
  /**
   * How much may wait for a client that reads slowly, in bytes; with more, it is dropped. One message alone may be larger.
   * Default 64 MiB.
   */
  readonly maxBufferedBytes?: number;
}

/** By what a handshake is accepted, and how the connection behaves then. */
export interface AcceptOptions<In = Message, Out = Outgoing> extends ConnectionOptions<In, Out> {
  /** The only path that is served, without a query. Default: every path. */
  readonly path?: string;
  /**
   * Which pages may connect, by their Origin: `same` for those of this host alone, a list for these too, `*` for all, or a
   * function that decides. Requests without an Origin come from no page. Default `same`.
   */
  readonly origin?: OriginPolicy<HandshakeRequest>;
  /** The sub-protocols that are spoken, the preferred first, or a function that chooses. Default: none. */
  readonly protocols?: string | ProtocolChoice;
  /** Is told of each handshake that was refused, and of the request, unless its head could not be read. */
  readonly onRefused?: (error: HoldfastError, request: HandshakeRequest | undefined) => unknown;
  /**
   * Is told of each fault in a function of the app's that a connection called, whose `cause` is what was thrown. Without it,
   * a fault that no `error` listener heard becomes a warning of the process.
   */
  readonly onError?: (error: HoldfastError, connection: Connection<unknown, In, Out>) => unknown;
}

/** What a server does, wherever it listens. */
export interface CommonServeOptions<Data = unknown, In = Message, Out = Outgoing> extends AcceptOptions<In, Out> {
  /**
   * Decides whether a well-formed handshake is accepted: `true`, or `{ data }` for the connection to carry, or `false` for
   * 403, or the status and headers of the refusal. What it throws is a 500. Compare secrets with `crypto.timingSafeEqual`.
   */
  readonly authorize?: (request: HandshakeRequest) => Authorization<Data> | Promise<Authorization<Data>>;
  /** The limit of one handshake, TLS and `authorize` included, in ms. Default 10,000. */
  readonly handshakeTimeoutMs?: number;
  /**
   * Whether and how messages are delivered, once and in order across broken lines, to and from clients that ask for it, as
   * those of `delivery()` do. Their connections outlive their lines. Default false.
   */
  readonly delivery?: boolean | ServerDeliveryOptions;
  readonly limits?: ServeLimits;
}

/** A server that listens by itself. */
export interface OnPort {
  /** The port to listen on; 0 for any that is free. */
  readonly port: number;
  /** The address to listen on. Default: all. */
  readonly host?: string;
  /** Certificate and key, as for `node:tls`, to speak wss:. */
  readonly tls?: TlsOptions;
  readonly server?: undefined;
}

/** A server that takes the upgrades of another. */
export interface OnHttpServer {
  /**
   * An HTTP server of the app's own, whose upgrades of `path` are taken; it listens and closes by itself. One of HTTP/2 has
   * to speak HTTP/1.1 too, by `allowHTTP1`.
   */
  readonly server: AnyHttpServer;
  readonly port?: undefined;
  readonly host?: undefined;
  readonly tls?: undefined;
}

/** What the frameworks of Node give. */
export type AnyHttpServer = HttpServer | HttpsServer | Http2Server | Http2SecureServer;

/** Where and how a server listens: on a `port`, or on a `server` of the app's. */
export type ServeOptions<Data = unknown, In = Message, Out = Outgoing> = CommonServeOptions<Data, In, Out> &
  (OnPort | OnHttpServer);

/** What `authorize` answers. With `{ data }` it always has data where it accepts: `undefined` and `null` refuse. */
export type Authorization<Data = undefined> =
  | (undefined extends Data ? true : never)
  | false
  | { readonly data: Data & {}; readonly status?: undefined }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly data?: undefined };

/** How much a server takes on. */
export interface ServeLimits extends ConnectionLimits {
  /** The most open connections; further ones are refused with 503. Default 10,000. */
  readonly maxConnections?: number;
  /** The most handshakes under way; further sockets are dropped at once. Default 1,000. */
  readonly maxPendingHandshakes?: number;
}

const connectionDefaults = {
  codec: undefined as ConnectionOptions['codec'],
  maxMessageBytes: 2 ** 24,
  closeTimeoutMs: 5_000,
  idleTimeoutMs: Number.POSITIVE_INFINITY,
  heartbeat: { intervalMs: 30_000, timeoutMs: 15_000 },
  highWaterMark: 2 ** 20,
  compression: undefined as ConnectionOptions['compression'],
};

const acceptDefaults = {
  ...connectionDefaults,
  path: undefined as string | undefined,
  origin: undefined as OriginPolicy<HandshakeRequest> | undefined,
  protocols: undefined as string | ProtocolChoice | undefined,
  onRefused: undefined as AcceptOptions['onRefused'],
  onError: undefined as AcceptOptions['onError'],
  limits: { ...defaultLimits, maxBufferedBytes: 2 ** 26 },
};

const serveDefaults = {
  ...acceptDefaults,
  port: undefined as number | undefined,
  host: undefined as string | undefined,
  server: undefined as AnyHttpServer | undefined,
  tls: undefined as (TlsOptions & SecureContextOptions) | undefined,
  authorize: undefined as CommonServeOptions['authorize'],
  handshakeTimeoutMs: 10_000,
  delivery: undefined as CommonServeOptions['delivery'],
  limits: { ...acceptDefaults.limits, maxConnections: 10_000, maxPendingHandshakes: 1_000 },
};

type Resolved<Defaults> = Omit<Defaults, 'heartbeat'> & {
  readonly heartbeat: { readonly intervalMs?: number; readonly timeoutMs?: number };
  readonly policy: HandshakePolicy;
};

/** The options of `accept` with every default in its place. */
export type ResolvedAcceptOptions = Resolved<typeof acceptDefaults>;

/** The options of `serve` with every default in its place. */
export type ResolvedServeOptions = Omit<Resolved<typeof serveDefaults>, 'delivery'> & {
  readonly delivery: ResolvedServerDelivery | undefined;
};

/** An app accepts with the same options again and again: they are checked once. */
const resolvedOptions = new WeakMap<AcceptOptions, ResolvedAcceptOptions>();

/**
 * Checks the options of `accept` and fills in the defaults, once for each object of them. Throws `unknown-option`,
 * `invalid-option`, `invalid-protocol`.
 */
export function resolveAcceptOptions(options: AcceptOptions): ResolvedAcceptOptions {
  const known = resolvedOptions.get(options);
  if (known) return known;
  const resolved = resolve(options, acceptDefaults);
  resolvedOptions.set(options, resolved);
  return resolved;
}

/** Checks the options of `serve` and fills in the defaults. Throws as `resolveAcceptOptions` does. */
export function resolveServeOptions(options: ServeOptions): ResolvedServeOptions {
  const filled = resolve(options, serveDefaults);
  const delivery = resolveServerDelivery(filled.delivery);
  const { policy } = filled;
  const resolved: ResolvedServeOptions = {
    ...filled,
    delivery,
    policy: delivery ? { ...policy, protocols: withDelivery(policy.protocols) } : policy,
  };
  const { port, server } = resolved;
  if ((port === undefined) === (server === undefined)) {
    failOn('invalid-option', `port ${port}, server ${server && 'given'}`, 'one of the two');
  }
  if (server === undefined) checkPort(port);
  else checkHttpServer(server, resolved);
  return resolved;
}

function checkPort(port: unknown): void {
  if (!(Number.isInteger(port) && (port as number) >= 0 && (port as number) < 65_536)) {
    failOn('invalid-option', `port ${String(port)}`, '0 to 65535');
  }
}

function checkHttpServer(server: AnyHttpServer, { host, tls }: Pick<ResolvedServeOptions, 'host' | 'tls'>): void {
  if (typeof (server as Partial<AnyHttpServer> | null)?.on !== 'function') {
    failOn('invalid-option', `server ${String(server)}`, 'an HTTP server');
  }
  // Only those of HTTP/2 have settings, and only those that speak HTTP/1.1 have its time limits.
  if ('updateSettings' in server && !('headersTimeout' in server)) {
    failOn('invalid-option', 'a server of HTTP/2 alone, which has no upgrades', 'one with allowHTTP1: true');
  }
  if (host !== undefined || tls !== undefined) {
    failOn('invalid-option', host === undefined ? 'tls with server' : `host ${host} with server`, 'with port only');
  }
}

function resolve<Defaults extends typeof acceptDefaults>(
  options: AcceptOptions,
  defaults: Defaults,
): Resolved<Defaults> {
  const filled = fillOptions(options, defaults) as Defaults;
  checkLimits(options.limits);
  checkCodec(filled.codec);
  const [compression, ...more] = resolveCompression(filled.compression, false);
  if (more.length > 0) failOn('invalid-option', 'compression, a list', 'true, false, or an object');
  const { path, origin = 'same', protocols = [] } = filled;
  if (path !== undefined && !/^\/[^?#]*$/.test(path)) failOn('invalid-option', `path ${path}`, '/ and what follows');
  checkOriginPolicy(origin);
  return { ...filled, policy: { path, origin, protocols: protocolChoice(protocols), compression } };
}

function checkCodec(codec: Partial<Codec<unknown, never>> | undefined): void {
  if (codec !== undefined && typeof codec?.decode !== 'function') {
    failOn('invalid-option', `codec ${String(codec)}`, 'json(), or another with encode and decode');
  }
}

function checkOriginPolicy(origin: unknown): void {
  if (origin === '*' || typeof origin === 'function') return;
  // One that no page can have would be no origin's in silence.
  const wrong = [origin].flat().filter((one) => typeof one !== 'string' || !canBeOrigin(one));
  if (wrong.length === 0) return;
  const expected = "'same', '*', an origin such as https://example.org, a list of origins, or a function";
  failOn('invalid-option', `origin ${JSON.stringify(wrong[0])}`, expected);
}

/** Apps that bring a browser along have schemes of their own. */
function canBeOrigin(text: string): boolean {
  return text === 'same' || text === 'null' || /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\*]*\/?$/i.test(text);
}

function protocolChoice(protocols: string | ProtocolChoice): ProtocolChoice {
  if (typeof protocols === 'function') return protocols;
  return checkProtocols(protocols);
}
