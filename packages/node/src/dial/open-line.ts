import type { Endpoint } from '../handshake/endpoint.ts';
import type { HeadLimits } from '../handshake/http-head.ts';
import type { TlsOptions } from './options.ts';
import { openSocket, placeOf, socketError } from './open-socket.ts';
import { openTunnel } from './proxy/open-tunnel.ts';
import type { Route } from './route.ts';
import { endedEarly, type LineHandler, whenReady } from './when-ready.ts';

/** What a line to a server is made by. */
export interface LineOptions {
  readonly route: Route;
  readonly tls: TlsOptions;
  readonly limits: HeadLimits;
}

/** Connects to a server by its route: TCP, a Unix socket or a proxy, and TLS for wss:. The answer gives it up. */
export function openLine(endpoint: Endpoint, { route, tls, limits }: LineOptions, handler: LineHandler): () => void {
  const proxy = route.proxyFor(endpoint);
  if (proxy) return openTunnel(endpoint, proxy, { tls, limits }, handler);
  const { host, port } = endpoint;
  const { socketPath } = route;
  const dial = openSocket(endpoint, tls, socketPath === undefined ? { host, port } : { host, path: socketPath });
  const place = socketPath ?? placeOf(endpoint);
  return whenReady(dial, (error) => (error ? socketError(error, place) : endedEarly()), handler);
}
