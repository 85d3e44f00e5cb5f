import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failOn } from '@holdfast/core/adapter';
import { refusal } from '../handshake/refusal.ts';
import { pathOf, resourceOf } from '../handshake/server-handshake.ts';
import type { AnyHttpServer } from './options.ts';
import { refuse } from './refuse.ts';

/** Takes the upgrades of one path, or of every path. */
export interface UpgradeRoute {
  readonly path: string | undefined;
  readonly onUpgrade: (request: IncomingMessage, socket: Socket, rest: Uint8Array) => void;
}

interface Router {
  readonly routes: Set<UpgradeRoute>;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, rest: Buffer) => void;
}

/** Several `serve` on one HTTP server share its upgrades by their paths. */
const routers = new WeakMap<AnyHttpServer, Router>();

/** Sends the upgrades of an HTTP server to this route, too; the answer ends that. Throws where its path is taken. */
export function routeUpgrades(server: AnyHttpServer, route: UpgradeRoute): () => void {
  const router = routers.get(server) ?? createRouter(server);
  if ([...router.routes].some(({ path }) => path === route.path)) {
    failOn('invalid-option', `path ${route.path ?? '(every)'}`, 'one that no other serve() on this HTTP server has');
  }
  router.routes.add(route);
  return () => {
    router.routes.delete(route);
    if (router.routes.size > 0) return;
    server.off('upgrade', router.onUpgrade);
    routers.delete(server);
  };
}

function createRouter(server: AnyHttpServer): Router {
  const routes = new Set<UpgradeRoute>();
  const onUpgrade: Router['onUpgrade'] = (request, socket, rest) => {
    const path = pathOf(resourceOf(request.url ?? '') ?? '');
    const routeOf = (wanted: string | undefined) => [...routes].find((route) => route.path === wanted);
    // A route for every path is asked last.
    const taker = routeOf(path) ?? routeOf(undefined);
    if (taker) taker.onUpgrade(request, socket as Socket, rest);
    // Another listener may want it. If there is none, nobody would ever answer.
    else if (server.listenerCount('upgrade') === 1) refuse(socket as Socket, refusal(404, 'nothing is served here'));
  };
  const router = { routes, onUpgrade };
  server.on('upgrade', onUpgrade);
  routers.set(server, router);
  return router;
}
