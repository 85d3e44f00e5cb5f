import { type Server as WebSocketServer, serve } from '@holdfast/node/server';
import type { DemoOptions, OwnRoom, Rooms } from '../room.ts';
import { type Engine, stopReason } from './engine.ts';
import { isLocalOrigin } from './local-origin.ts';

/** The rooms over our own server half, and those that need it. */
export function createHoldfastEngine(
  rooms: Rooms,
  ownRooms: ReadonlyMap<string, OwnRoom>,
  settings: DemoOptions,
  measure: (server: WebSocketServer, path: string) => void = () => {},
): Engine {
  const serving: Promise<WebSocketServer>[] = [];
  const servers: WebSocketServer[] = [];
  /** Whose sessions are in a store: they are left to other processes, and not closed. */
  const shared = new Set<Promise<WebSocketServer>>();
  const { maxConnections, pingIntervalMs, stopTimeoutMs } = settings;
  const isFull = () => servers.reduce((sum, { connections }) => sum + connections.size, 0) >= maxConnections;

  return {
    attach(server) {
      for (const [path, room] of [...rooms, ...ownRooms]) {
        const options = {
          server,
          path,
          origin: isLocalOrigin,
          authorize: () => (isFull() ? { status: 503 } : true),
          maxMessageBytes: room.maxMessageBytes,
          heartbeat: { intervalMs: pingIntervalMs, timeoutMs: pingIntervalMs },
          closeTimeoutMs: stopTimeoutMs,
          limits: { maxBufferedBytes: room.maxUnreadBytes },
          delivery: room.delivery ?? false,
        } as const;
        const starting = serve(options, (connection) => room.join(connection));
        serving.push(starting);
        if (room.delivery?.store) shared.add(starting);
        void starting.then((started) => measure(started, path));
      }
      void Promise.all(serving).then((started) => servers.splice(0, servers.length, ...started));
    },
    async close() {
      const started = await Promise.all(serving);
      const own = await Promise.all(serving.filter((half) => !shared.has(half)));
      const open = own.flatMap(({ connections }) => [...connections]);
      await Promise.all(open.map((connection) => connection.close(1001, stopReason)));
      await Promise.all(started.map((server) => server.close()));
    },
  };
}
