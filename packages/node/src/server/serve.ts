import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { HoldfastError } from '@holdfast/core';
import type { Message, Outgoing } from '@holdfast/core/adapter';
import { checkTls } from '../dial/check-tls.ts';
import { headOf, tellRefused } from './accept.ts';
import { broadcast } from './broadcast.ts';
import type { LinkSendOptions } from '../socket-link.ts';
import type { Connection } from './connection.ts';
import { encodeOutgoing } from './encode-outgoing.ts';
import type { ServerObserver } from './observer.ts';
import { type ResolvedServeOptions, resolveServeOptions, type ServeOptions } from './options.ts';
import { readRequest } from './read-request.ts';
import { type OnConnection, Reception } from './reception.ts';
import { createSecureListener } from './secure-listener.ts';
import { routeUpgrades } from './upgrade-router.ts';

/** A WebSocket server that listens. */
export interface Server<Data = unknown, In = Message, Out = Outgoing> {
  /** The port that it listens on. */
  readonly port: number;
  /** The open connections. */
  readonly connections: ReadonlySet<Connection<Data, In, Out>>;
  /** Sends one message to all of them, encoded once; answers how many took it. */
  broadcast(message: Out, options?: LinkSendOptions): number;
  /** Tells who measures of connections, refusals and messages, from now on; the answer ends that. */
  observe(observer: ServerObserver<Connection<Data, In, Out>>): () => void;
  /**
   * Lets nobody in any more, closes every connection with 1001, and resolves when all have ended, each within
   * `closeTimeoutMs`. An HTTP server of the app's own goes on. A second call waits for the same.
   */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Listens for WebSocket clients, on a port or on the upgrades of an HTTP server. `onConnection` gets each connection; no
 * message is told before it listens or its promise is settled, and what it throws closes the connection with 1011.
 * Rejects with `listen-failed` where the port cannot be had, and on wrong options.
 */
export async function serve<Data = undefined, In = Message, Out = Outgoing>(
  options: ServeOptions<Data, In, Out>,
  onConnection: OnConnection<NoInfer<Data>, NoInfer<In>, NoInfer<Out>>,
): Promise<Server<Data, In, Out>>;
export async function serve(options: ServeOptions, onConnection: OnConnection): Promise<Server> {
  const resolved = resolveServeOptions(options);
  const reception = new Reception(resolved, onConnection);
  const { server } = resolved;
  if (!server) return serverOf(await listen(resolved, reception), reception, resolved);
  const stop = routeUpgrades(server, {
    path: resolved.path,
    onUpgrade(request, socket, rest) {
      const arrival = reception.enter(socket, resolved.handshakeTimeoutMs);
      if (arrival) void reception.admit(arrival, headOf(request), rest, resolved.limits);
    },
  });
  const close = async (drain: () => Promise<void>) => {
    // Meanwhile upgrades are answered with 503: nobody else would.
    await drain();
    stop();
  };
  return serverOf({ address: () => server.address(), close }, reception, resolved);
}

/** What brings the sockets. */
interface Source {
  address(): AddressInfo | string | null;
  /** Brings no more that could be let in, and ends when those that it brought have gone, as `drain` tells them. */
  close(drain: () => Promise<void>): Promise<void>;
}

function serverOf(source: Source, reception: Reception, { codec }: ResolvedServeOptions): Server {
  let closing: Promise<void> | undefined;
  return {
    get port() {
      return (source.address() as AddressInfo | null)?.port ?? 0;
    },
    connections: reception.connections,
    broadcast(message, options) {
      // A message that could not be sent is one also where nobody is there to get it.
      if (reception.connections.size === 0) encodeOutgoing(codec, message);
      return broadcast(reception.connections, message, options);
    },
    observe: (observer) => reception.observe(observer),
    close() {
      closing ??= source.close(() => reception.close());
      return closing;
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}

async function listen(options: ResolvedServeOptions, reception: Reception): Promise<Source> {
  const { port, host, limits } = options;
  let isStopped = false;
  const { listener: net, dropPending } = createListener(options, (socket, leftMs) => {
    if (isStopped) return void socket.destroy();
    const arrival = reception.enter(socket, leftMs);
    if (!arrival) return;
    readRequest(socket, limits, {
      onHead: (head, rest) => void reception.admit(arrival, head, rest),
      onFail: (error) => reception.refuse(arrival, error),
    });
  });
  // Below the limit of what is read of each: sockets that have sent nothing yet, and TLS that is not done.
  net.maxConnections = limits.maxConnections + limits.maxPendingHandshakes;
  await new Promise<void>((resolve, reject) => {
    net.once('error', (cause) => reject(listenError(cause, options)));
    net.listen({ port, ...(host !== undefined && { host }) }, resolve);
  });
  // One socket that could not be accepted ends nothing.
  net.on('error', (cause) => tellRefused(options.onRefused, listenError(cause, options)));
  return {
    address: () => net.address(),
    async close(drain) {
      isStopped = true;
      dropPending();
      const closed = new Promise<void>((resolve) => net.close(() => resolve()));
      await drain();
      await closed;
    },
  };
}

function createListener(
  { tls, handshakeTimeoutMs, limits: { maxPendingHandshakes } }: ResolvedServeOptions,
  onSocket: (socket: Socket, leftMs: number) => void,
): { listener: NetServer; dropPending: () => void } {
  if (!tls) {
    const listener = createServer({ noDelay: true }, (socket) => onSocket(socket, handshakeTimeoutMs));
    return { listener, dropPending: () => {} };
  }
  checkTls(tls);
  try {
    return createSecureListener(tls, { handshakeTimeoutMs, maxPendingHandshakes }, onSocket);
  } catch (cause) {
    throw new HoldfastError('invalid-option', `tls: ${(cause as Error).message}`, { cause });
  }
}

function listenError(
  cause: NodeJS.ErrnoException,
  { host = 'all addresses', port }: ResolvedServeOptions,
): HoldfastError {
  return new HoldfastError('listen-failed', `${host}, port ${port}: ${cause.code ?? cause.message}`, { cause });
}
