import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { HoldfastError, type HoldfastErrorCode } from '@holdfast/core';
import type { Endpoint } from '../handshake/endpoint.ts';
import type { TlsOptions } from '../options.ts';
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

/** Begins to connect by TCP, and TLS for wss:. The certificate and the host's name are always checked, unless `tls` says otherwise. */
export function openSocket({ host, port, isSecure }: Endpoint, tls: TlsOptions): SocketDial {
  // Both families are tried, the second when the first is slow (RFC 8305).
  const target = { host, port, autoSelectFamily: true };
  if (!isSecure) return openTcp(target);
  // An address is no server name (RFC 6066 3); the certificate is checked against it all the same.
  const servername = tls.servername ?? (isIP(host) ? '' : host);
  const options = { ALPNProtocols: ['http/1.1'], ...tls, ...target, servername };
  const socket = connectTls(options as ConnectionOptions);
  return { socket, readyEvent: 'secureConnect' };
}

function openTcp(target: TcpNetConnectOpts): SocketDial {
  if (!hasReadMemory) return { socket: connectTcp(target), readyEvent: 'connect' };
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

/** What a socket's error means, with the system's own code and the place, which has no secret in it. */
export function socketError(error: NodeJS.ErrnoException, { host, port }: Endpoint): HoldfastError {
  const code = socketErrorCode(error);
  const detail = error.code ?? error.message;
  return new HoldfastError(code, `${host} port ${port}: ${detail}`, { cause: error });
}

function socketErrorCode({ code = '', syscall }: NodeJS.ErrnoException): HoldfastErrorCode {
  if (syscall === 'getaddrinfo' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-resolution';
  if (code === 'ECONNREFUSED') return 'connection-refused';
  if (tlsErrors.test(code)) return 'tls-failed';
  return 'tcp-failed';
}
