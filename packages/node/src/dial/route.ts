import { failOn } from '@holdfast/core/adapter';
import type { Endpoint } from '../handshake/endpoint.ts';
import type { RouteOptions } from './options.ts';
import { proxyFromEnvironment } from './proxy/environment.ts';
import { parseProxy, type Proxy } from './proxy/proxy.ts';

/** The way to a server. */
export interface Route {
  /** The Unix socket, or the named pipe of Windows, that is dialed in the place of the URL's host. */
  readonly socketPath: string | undefined;
  readonly proxyFor: (endpoint: Endpoint) => Proxy | undefined;
}

/** To where the URL says. */
export const directRoute: Route = { socketPath: undefined, proxyFor: () => undefined };

/** The way that an app wants. Throws `invalid-option`, and as `parseProxy` does. */
export function resolveRoute({ proxy, socketPath }: RouteOptions): Route {
  if (socketPath !== undefined) {
    if (socketPath === '' || typeof socketPath !== 'string')
      failOn('invalid-option', `socketPath ${socketPath}`, 'a path');
    if (proxy !== undefined) failOn('invalid-option', 'socketPath beside a proxy', 'one of them');
    return { ...directRoute, socketPath };
  }
  if (proxy === undefined) return directRoute;
  if (proxy === 'environment') return { ...directRoute, proxyFor: proxyFromEnvironment(process.env) };
  const parsed = parseProxy(proxy);
  return { ...directRoute, proxyFor: () => parsed };
}
