import { type WireKernels, wireKernels } from './kernels/wire-kernels.ts';
import type { MessageCodec } from '@holdfast/core';
import {
  type CommonOptions,
  failOn,
  type MaybeAsync,
  type Message,
  type Outgoing,
  type ResolvedOptions,
  resolveOptions,
} from '@holdfast/core/adapter';
import { type CompressionOptions, type ResolvedCompression, resolveCompression } from './deflate/options.ts';
import type { Headers, RouteOptions, TlsOptions } from './dial/options.ts';
import { type Route, resolveRoute } from './dial/route.ts';
import { checkHeaders } from './handshake/client-handshake.ts';

/** What only Node knows. */
export interface NodeOptions extends RouteOptions {
  /** Further headers of the request, such as Authorization or Cookie, or what is asked for them at each dial. */
  readonly headers?: MaybeAsync<Headers>;
  /** The Origin header; browsers send one, other clients need not. Default: none. */
  readonly origin?: string;
  readonly tls?: TlsOptions;
  /** How much is taken from the peer, besides `maxMessageBytes`. */
  readonly limits?: Limits;
  /**
   * Whether and how messages are compressed, if the server does (permessage-deflate, RFC 7692); a list is offered in its order.
   * Default: as browsers do, with the defaults of `CompressionOptions`.
   */
  readonly compression?: boolean | CompressionOptions | readonly CompressionOptions[];
}

/** How much is taken from a peer, each with a default that is safe for what people send. */
export interface Limits {
  /** The longest payload of one frame, in bytes. Default: `maxMessageBytes`. */
  readonly maxFrameBytes?: number;
  /** The most fragments of one message. Default 131,072. */
  readonly maxFragments?: number;
  /** What the tiny fragments of one message may be short of 64 bytes each, all together. Default 1 MiB. */
  readonly maxFragmentOverheadBytes?: number;
  /** How many pings are answered at once; of more, the latest (RFC 6455 5.5.3). Default 16. */
  readonly maxPendingPongs?: number;
  /** The longest head of an HTTP message, in bytes. Default 16 KiB. */
  readonly maxHeaderBytes?: number;
  /** The most headers of an HTTP message. Default 100. */
  readonly maxHeaders?: number;
  /** The longest line of an HTTP head, in bytes. Default 8 KiB. */
  readonly maxHeaderLineBytes?: number;
}

/** The limits on a peer when nothing else is said. */
export const defaultLimits: Required<Limits> = {
  maxFrameBytes: Number.POSITIVE_INFINITY,
  maxFragments: 2 ** 17,
  maxFragmentOverheadBytes: 2 ** 20,
  maxPendingPongs: 16,
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxHeaderLineBytes: 8 * 1024,
};

/** The options of a client in Node. */
export interface ConnectOptions<In = Message, Out = Outgoing> extends CommonOptions<In, Out>, NodeOptions {}

/** What Node knows besides the common options, with every default in its place. */
const nodeDefaults = {
  headers: undefined as MaybeAsync<Headers> | undefined,
  origin: undefined as string | undefined,
  tls: undefined as TlsOptions | undefined,
  proxy: undefined as RouteOptions['proxy'],
  socketPath: undefined as string | undefined,
  followRedirects: 0,
  limits: defaultLimits,
  compression: undefined as NodeOptions['compression'],
};

const tlsNames: readonly (keyof TlsOptions)[] = [
  'ca',
  'cert',
  'key',
  'pfx',
  'passphrase',
  'servername',
  'rejectUnauthorized',
  'minVersion',
  'maxVersion',
  'ciphers',
];

/** The options of a client in Node with every default in its place. */
export type ResolvedNodeOptions<In, Out> = ResolvedOptions<In, Out> &
  Omit<typeof nodeDefaults, 'compression' | 'proxy' | 'socketPath'> & {
    readonly compression: readonly ResolvedCompression[];
    readonly route: Route;
  };

/**
 * Checks the options of an app and fills in the defaults. Throws as `resolveOptions` and `checkNodeOptions` do.
 */
export function resolveNodeOptions<In, Out>(options: ConnectOptions<In, Out>): ResolvedNodeOptions<In, Out> {
  const resolved = resolveOptions<In, Out, typeof nodeDefaults>(options, nodeDefaults);
  checkNodeOptions(options);
  // Into the same object: a copy of so many fields, for each dial anew, was a tenth of what a connection made.
  const compression = resolveCompression(options.compression, true);
  return Object.assign(resolved, { compression, route: resolveRoute(options) });
}

/** Checks what the kind of an option alone does not tell. Throws `invalid-header`, `invalid-option`, `unknown-option`. */
export function checkNodeOptions({ headers = {}, origin, tls = {}, limits }: NodeOptions): void {
  if (Object(headers) !== headers) failOn('invalid-option', `headers ${JSON.stringify(headers)}`, 'an object');
  if (typeof headers !== 'function') checkHeaders(headers);
  if (origin !== undefined) checkHeaders({ Origin: origin });
  if (Object(tls) !== tls) failOn('invalid-option', `tls ${JSON.stringify(tls)}`, 'an object');
  checkLimits(limits);
  for (const name of Object.keys(tls)) {
    if (!tlsNames.includes(name as keyof TlsOptions)) failOn('unknown-option', `tls.${name}`, tlsNames);
  }
}

/** Throws `invalid-option` where limits are switched off as a whole. */
export function checkLimits(limits: unknown = {}): void {
  if (!limits) failOn('invalid-option', `limits ${String(limits)}`, 'an object');
}

type WireLimits = Pick<
  Required<Limits>,
  'maxFrameBytes' | 'maxFragments' | 'maxFragmentOverheadBytes' | 'maxPendingPongs'
>;

/** What a Protocol over a socket of ours is told of its limits, its codec and the platform: no frame is longer than a message may be, or may become by it. */
export function wireOptions<Codec extends Pick<MessageCodec, 'maxEncodedBytes'>>(
  limits: Required<Limits>,
  maxMessageBytes: number,
  codec: Codec | undefined,
): WireLimits & WireKernels & { readonly maxMessageBytes: number; readonly codec: Codec | undefined } {
  const { kernels, memory, ownsChunks } = wireKernels();
  // Each by its name: a spread makes every object a shape of its own, and one is made for each connection.
  return {
    maxFrameBytes: Math.min(limits.maxFrameBytes, codec?.maxEncodedBytes(maxMessageBytes) ?? maxMessageBytes),
    maxFragments: limits.maxFragments,
    maxFragmentOverheadBytes: limits.maxFragmentOverheadBytes,
    maxPendingPongs: limits.maxPendingPongs,
    maxMessageBytes,
    kernels,
    memory,
    ownsChunks,
    codec,
  };
}
