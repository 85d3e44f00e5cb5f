import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HoldfastError, Message, Outgoing } from '@holdfast/core';
import { acceptKey } from '../handshake/accept-key.ts';
import { trimWhitespace } from '../handshake/http-head.ts';
import { refusalOf } from '../handshake/refusal.ts';
import type { RequestHead } from '../handshake/request-head.ts';
import { checkHeadLimits, checkRequest, formatAcceptance } from '../handshake/server-handshake.ts';
import type { Connection } from './connection.ts';
import { callApp, warnOf } from './faults.ts';
import { type HandshakeRequest, requestOf } from './handshake-request.ts';
import { type AcceptOptions, type ResolvedAcceptOptions, resolveAcceptOptions } from './options.ts';
import { refuse } from './refuse.ts';
import { type OnEnded, type OpenHandshake, ServerConnection } from './server-connection.ts';

const noOptions: AcceptOptions = {};

/**
 * Accepts an upgrade of an HTTP server of the app's own, from its `upgrade` event. Answers the connection, which is read
 * from the next turn on, or `undefined` where the handshake was refused, and the socket answered, or where the client has
 * left. Options are checked once for each object of them: what is changed in it later is not seen. Throws on wrong ones.
 */
export function accept<In = Message, Out = Outgoing>(
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
  options?: AcceptOptions<In, Out>,
): Connection<undefined, In, Out> | undefined;
/** The same; the connection carries `data`. */
export function accept<Data, In = Message, Out = Outgoing>(
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
  options: AcceptOptions<In, Out>,
  data: Data,
): Connection<Data, In, Out> | undefined;
export function accept(
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
  options: AcceptOptions = noOptions,
  data?: unknown,
): Connection | undefined {
  const resolved = resolveAcceptOptions(options);
  // It left while the app decided.
  if (hasLeft(socket)) return void socket.destroy();
  const asked = headOf(request);
  try {
    checkHeadLimits(asked, resolved.limits);
    const handshake = checkRequest(asked, remoteAddress(socket as Socket), resolved.policy);
    const connection = openConnection(socket as Socket, head, { ...handshake, data }, resolved, () => {});
    connection.release();
    return connection;
  } catch (error) {
    refuseHandshake(socket as Socket, error, resolved, requestOf(asked, remoteAddress(socket as Socket)));
    return undefined;
  }
}

/** Refuses with the status of the error, and tells the app. */
export function refuseHandshake(
  socket: Socket,
  cause: unknown,
  { onRefused }: Pick<ResolvedAcceptOptions, 'onRefused'>,
  request?: HandshakeRequest,
): void {
  const error = refusalOf(cause);
  refuse(socket, error);
  tellRefused(onRefused, error, request);
}

/** Tells the app of a handshake that was refused, or of a socket that could not be accepted. */
export function tellRefused(
  onRefused: AcceptOptions['onRefused'],
  error: HoldfastError,
  request?: HandshakeRequest,
): void {
  callApp(
    () => onRefused?.(error, request),
    (thrown) => warnOf('onRefused', thrown),
  );
}

/** Answers a handshake that may be accepted, and makes the connection, which does not read yet. */
export function openConnection(
  socket: Socket,
  rest: Uint8Array,
  handshake: OpenHandshake,
  options: ResolvedAcceptOptions,
  onEnded: OnEnded,
): ServerConnection {
  // The HTTP server's limits end with HTTP.
  socket.setTimeout?.(0);
  socket.setNoDelay?.(true);
  socket.write(formatAcceptance(handshake, acceptKey), 'latin1');
  // What came behind the handshake is read before what comes now, whenever that begins.
  if (rest.length > 0) socket.unshift(rest);
  return new ServerConnection(socket, handshake, options, onEnded);
}

/** Whether a socket has ended or broken: it would not tell that again. */
export function hasLeft(socket: Duplex): boolean {
  return socket.destroyed || !socket.writable || socket.readableEnded;
}

/** The head of a request that an HTTP server has read. */
export function headOf({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): RequestHead {
  const headers: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.push([(rawHeaders[at] as string).toLowerCase(), trimWhitespace(rawHeaders[at + 1] as string)]);
  }
  return { method, target: url, version: httpVersion, headers };
}

/** Where a socket connects from; '' where it does not tell. */
export function remoteAddress(socket: Socket): string {
  return socket.remoteAddress ?? '';
}
