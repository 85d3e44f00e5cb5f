import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { refuse } from '../refuse.ts';
import type { DemoOptions, Room, Rooms } from '../room.ts';
import { type Engine, stopReason } from './engine.ts';
import { isLocalOrigin } from './local-origin.ts';
import { watchLiveness } from './watch-liveness.ts';
import { WsPeer } from './ws-peer.ts';

/** The same rooms over ws: what we bring by ourselves stands here by hand. */
export function createWsEngine(rooms: Rooms, settings: DemoOptions): Engine {
  const halves = new Map([...rooms].map(([path, room]) => [path, openHalf(room)]));
  const sockets = () => [...halves.values()].flatMap(({ clients }) => [...clients]);
  const unwatch = watchLiveness(sockets, settings.pingIntervalMs);

  return {
    attach(server) {
      server.on('upgrade', (request: IncomingMessage, socket, head) => {
        const half = halves.get(request.url?.split('?', 1)[0] ?? '/');
        if (!half) return;
        const { origin } = request.headers;
        if (origin !== undefined && !isLocalOrigin(origin))
          return refuse(socket, 403, `no page of ${origin} may connect`);
        if (sockets().length >= settings.maxConnections) {
          return refuse(socket, 503, `all ${settings.maxConnections} connections are taken`);
        }
        half.handleUpgrade(request, socket, head, (open) => half.emit('connection', open, request));
      });
    },
    async close() {
      unwatch();
      await closeSockets(sockets(), settings.stopTimeoutMs);
    },
  };
}

function openHalf(room: Room): WebSocketServer {
  const half = new WebSocketServer({ noServer: true, maxPayload: room.maxMessageBytes });
  half.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    // What the peer did wrong ends its connection (ws sends the close code); it must not end the server.
    socket.on('error', () => undefined);
    const joined = room.join(new WsPeer(socket, request, room.maxUnreadBytes));
    Promise.resolve(joined).catch(() => socket.close(1011));
  });
  return half;
}

async function closeSockets(sockets: readonly WebSocket[], timeoutMs: number): Promise<void> {
  const allClosed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of sockets) socket.close(1001, stopReason);
  const limit = setTimeout(() => {
    for (const socket of sockets) socket.terminate();
  }, timeoutMs);
  await allClosed;
  clearTimeout(limit);
}
