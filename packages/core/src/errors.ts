import type { FileErrorCode } from './file-error-code.ts';

/**
 * The stable names of everything that can go wrong: one for each broken rule, failed step, limit and time limit.
 * Wire rules cite RFC 6455 where they are checked.
 */
export type HoldfastErrorCode =
  // Misuse by the caller: thrown at once.
  | 'invalid-url'
  | 'invalid-option'
  | 'unknown-option'
  | 'invalid-protocol'
  | 'invalid-header'
  | 'invalid-close-code'
  | 'invalid-close-reason'
  | 'invalid-message'
  | 'invalid-frame'
  | 'lone-surrogate'
  | 'queue-full'
  | 'client-closed'
  | 'ping-unsupported'
  | 'no-websocket'
  | 'compression-unavailable'
  // Steps of a dial.
  | 'name-resolution'
  | 'connection-refused'
  | 'tcp-failed'
  | 'tls-failed'
  | 'proxy-failed'
  | 'dial-failed'
  | 'offline'
  | 'cors-refused'
  | 'http-status'
  | 'http-malformed'
  | 'http-too-large'
  | 'redirect-refused'
  | 'handshake-upgrade'
  | 'handshake-connection'
  | 'handshake-accept'
  | 'handshake-protocol'
  | 'handshake-extension'
  // Steps of a server.
  | 'listen-failed'
  | 'handshake-refused'
  // Rules of the wire that a peer broke.
  | 'reserved-bits'
  | 'unknown-opcode'
  | 'mask-missing'
  | 'mask-unexpected'
  | 'control-fragmented'
  | 'control-too-long'
  | 'length-not-minimal'
  | 'length-top-bit'
  | 'continuation-unexpected'
  | 'continuation-expected'
  | 'utf8-invalid'
  | 'close-payload'
  | 'close-code'
  | 'deflate-invalid'
  // Limits.
  | 'frame-too-large'
  | 'message-too-large'
  | 'too-many-fragments'
  | 'fragment-overhead'
  | 'peer-too-slow'
  | 'reader-too-slow'
  // Ends of a line.
  | 'url-timeout'
  | 'connect-timeout'
  | 'close-timeout'
  | 'heartbeat-timeout'
  | 'connection-lost'
  | 'at-rest'
  | 'aborted'
  // Delivery.
  | 'packet-malformed'
  | 'packet-unexpected'
  | 'message-missing'
  | 'acknowledged-unsent'
  | 'session-taken'
  | 'too-many-sessions'
  | 'store-failed'
  | 'not-delivered'
  // Codecs.
  | 'decode-failed'
  | 'schema-mismatch'
  // Calls.
  | 'rpc-invalid-params'
  | 'rpc-invalid-result'
  | 'rpc-timeout'
  | 'rpc-failed'
  // Files.
  | FileErrorCode
  | 'file-source'
  | 'file-timeout'
  // A fault in a function of the app's.
  | 'listener-threw';

/** What a schema found wrong, and where (Standard Schema 1). */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What an error may carry besides its code and message. */
export interface HoldfastErrorDetails {
  /** What caused it, kept as it was. */
  readonly cause?: unknown;
  /** The close code that tells the peer about its fault (RFC 6455 7.4.1). */
  readonly closeCode?: number;
  /** The HTTP status of a refused handshake. */
  readonly status?: number;
  /** The HTTP headers of a refused handshake, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the server asks to wait before the next dial, in ms (RFC 9110 10.2.3, Retry-After). */
  readonly retryAfterMs?: number;
  /** The first bytes of the body of a refused handshake, as text. */
  readonly body?: string;
  /** What a schema found wrong with a message. */
  readonly issues?: readonly SchemaIssue[];
}

/**
 * Every error of holdfast: a stable `code` for programs, and a `message` for people, which begins with the code and names
 * the value and the limit.
 */
export class HoldfastError extends Error implements HoldfastErrorDetails {
  declare readonly code: HoldfastErrorCode;
  declare readonly closeCode?: number;
  declare readonly status?: number;
  declare readonly headers?: Readonly<Record<string, string>>;
  declare readonly body?: string;
  declare readonly retryAfterMs?: number;
  declare readonly issues?: readonly SchemaIssue[];

  constructor(code: HoldfastErrorCode, message?: string, details?: HoldfastErrorDetails) {
    super(message ? `${code}: ${message}` : code);
    Object.assign(this, { name: 'HoldfastError', code }, details);
  }
}

/** Throws the error for a wrong value: it names the value, and what is allowed. */
export function failOn(code: HoldfastErrorCode, value: unknown, allowed: unknown): never {
  const shown = typeof value === 'object' ? tagOf(value) : String(value);
  throw new HoldfastError(code, `${shown}, allowed: ${allowed as string}`);
}

/** What kind of object this is, `[object ArrayBuffer]` for example; unlike `instanceof`, also one of another realm. */
export function tagOf(value: unknown): string {
  return {}.toString.call(value);
}
