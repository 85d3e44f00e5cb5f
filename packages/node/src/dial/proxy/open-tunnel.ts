import { lookup } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import type { HoldfastError } from '@holdfast/core';
import type { Endpoint } from '../../handshake/endpoint.ts';
import type { HeadLimits } from '../../handshake/http-head.ts';
import type { TlsOptions } from '../options.ts';
import { openSocket, placeOf, socketError } from '../open-socket.ts';
import { destroy, endedEarly, type LineHandler, whenReady } from '../when-ready.ts';
import { httpTunnel } from './http-tunnel.ts';
import { type Proxy, proxyError } from './proxy.ts';
import { socks5 } from './socks5.ts';
import type { TunnelTalk } from './tunnel-talk.ts';

/**
 * Connects to a server through a proxy. For wss:, TLS is spoken with the server, by `tls`, inside the tunnel: the proxy sees neither
 * what is asked nor what is answered. The answer gives it up.
 */
export function openTunnel(
  endpoint: Endpoint,
  proxy: Proxy,
  { tls, limits }: { readonly tls: TlsOptions; readonly limits: HeadLimits },
  handler: LineHandler,
): () => void {
  const { host, port, isSecure } = endpoint;
  const { onFail } = handler;
  let giveUp = () => {};

  const reachProxy = (address: string) => {
    const dial = openSocket(proxy, proxy.tls, { host: proxy.host, port: proxy.port }, isSecure);
    const toError = (cause?: NodeJS.ErrnoException) => endOf(proxy, cause);
    giveUp = whenReady(dial, toError, {
      onFail,
      onReady(socket, memory) {
        const onOpen = () => (isSecure ? secure(socket) : handler.onReady(socket, memory));
        const talk = proxy.kind === 'http' ? httpTunnel(proxy, address, port, limits) : socks5(proxy, address, port);
        giveUp = askFor(talk, proxy, socket, { onOpen, onFail });
      },
    });
  };
  const secure = (socket: Socket) => {
    // What goes wrong below TLS is told by what is above it too.
    socket.on('error', () => {});
    const dial = openSocket(endpoint, tls, { host, port, socket });
    const toError = (cause?: Error) => (cause ? socketError(cause, placeOf(endpoint)) : endedEarly());
    giveUp = whenReady(dial, toError, handler);
  };

  if (proxy.resolvesNames || isIP(host)) reachProxy(host);
  else giveUp = resolveName(endpoint, { onAddress: reachProxy, onFail });
  return () => giveUp();
}

interface NameHandler {
  onAddress(address: string): void;
  onFail(error: HoldfastError): void;
}

function resolveName(endpoint: Endpoint, { onAddress, onFail }: NameHandler): () => void {
  let isGivenUp = false;
  lookup(endpoint.host, (error, address) => {
    if (isGivenUp) return;
    if (error) onFail(socketError(error, placeOf(endpoint)));
    else onAddress(address);
  });
  return () => {
    isGivenUp = true;
  };
}

interface TunnelHandler {
  onOpen(): void;
  onFail(error: HoldfastError): void;
}

/** Asks a proxy, over its socket, for a tunnel. The answer gives it up. */
function askFor(talk: TunnelTalk, proxy: Proxy, socket: Socket, { onOpen, onFail }: TunnelHandler): () => void {
  const onData = (chunk: Uint8Array) => {
    try {
      const next = talk.hear(chunk);
      if (next === 'open') {
        detach();
        onOpen();
      } else if (next) socket.write(next);
    } catch (error) {
      fail(error as HoldfastError);
    }
  };
  const onError = (cause: Error) => fail(endOf(proxy, cause));
  const onClose = () => fail(endOf(proxy));
  const fail = (error: HoldfastError) => {
    giveUp();
    onFail(error);
  };
  const detach = () => void socket.off('data', onData).off('error', onError).off('close', onClose);
  const giveUp = () => {
    detach();
    destroy(socket);
  };
  socket.on('data', onData).on('error', onError).on('close', onClose);
  socket.write(talk.opening);
  return giveUp;
}

/** The connection to a proxy failed, or ended, for this reason. */
function endOf(proxy: Proxy, cause?: NodeJS.ErrnoException): HoldfastError {
  return proxyError(proxy, cause ? (cause.code ?? cause.message) : 'ended the connection', cause && { cause });
}
