import { connect as connectTcp, isIP, type Socket, type NetConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { HoldfastError, type HoldfastErrorCode } from '@holdfast/core';
import type { Endpoint } from '../handshake/endpoint.ts';
import type { TlsOptions } from './options.ts';
import { ReadMemory } from './read-memory.ts';

// Bun and Deno have sockets of their own, which give each chunk memory of its own.
const hasReadMemory = !('bun' in process.versions || 'deno' in process.versions);

/** A socket that is being connected. */
export interface SocketDial {
  readonly socket: Socket;
  /** The event that says that it is: after TCP, and TLS where that is due. */
  readonly readyEvent: 'connect' | 'secureConnect';
  /** What its chunks are in; absent where each has memory of its own. */
  readonly memory?: ReadMemory;
}

/** What a socket connects to: a host, the Unix socket at a path, or what a socket that is connected already carries. */
type Target = { readonly host: string } & (
  | { readonly port: number; readonly socket?: Socket }
  | { readonly path: string }
);

/**
 * Begins to connect, with TLS where the peer speaks it. The certificate and the host's name are always checked, unless `tls` says
 * otherwise. `willCarryTls` is for a socket that TLS will be spoken over.
 */
export function openSocket(
  { host, isSecure }: Pick<Endpoint, 'host' | 'isSecure'>,
  tls: TlsOptions,
  place: Target,
  willCarryTls = false,
): SocketDial {
  // Both families are tried, the second when the first is slow (RFC 8305).
  const target = { ...place, autoSelectFamily: true };
  if (!isSecure) return openTcp(target, hasReadMemory && !willCarryTls);
  // An address is no server name (RFC 6066 3); the certificate is checked against it all the same.
  const servername = tls.servername ?? (isIP(host) ? '' : host);
  const options = { ALPNProtocols: ['http/1.1'], ...tls, ...target, servername };
  const socket = connectTls(options as ConnectionOptions);
  return { socket, readyEvent: 'secureConnect' };
}

function openTcp(target: NetConnectOpts, readsIntoMemory: boolean): SocketDial {
  if (!readsIntoMemory) return { socket: connectTcp(target), readyEvent: 'connect' };
  const memory = new ReadMemory();
  const onread = {
    buffer: () => memory.next(),
    callback: (bytes: number, buffer: Uint8Array): boolean => socket.emit('data', buffer.subarray(0, bytes)),
  };
  const socket: Socket = connectTcp({ ...target, onread });
  return { socket, readyEvent: 'connect', memory };
}

/** How the codes begin that OpenSSL, and Node around it, give to TLS and to certificates. */
const tlsErrors =
  /^(ERR_(SSL|TLS|OSSL)|EPROTO|CERT_|CRL_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME|INVALID_|PATH_LENGTH|ERROR_IN_)/;

/** A host and a port as errors name them. */
export function placeOf({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${host} port ${port}`;
}

/** What a socket's error means, with the system's own code and the place, which has no secret in it. */
export function socketError(error: NodeJS.ErrnoException, place: string): HoldfastError {
  return new HoldfastError(socketErrorCode(error), `${place}: ${error.code ?? error.message}`, { cause: error });
}

function socketErrorCode({ code = '', syscall }: NodeJS.ErrnoException): HoldfastErrorCode {
  if (syscall === 'getaddrinfo' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-resolution';
  // Of a Unix socket: there is no such file.
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'connection-refused';
  if (tlsErrors.test(code)) return 'tls-failed';
  return 'tcp-failed';
}
