import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createChat } from './chat.ts';
import { createEcho } from './echo.ts';
import { watchLiveness } from './liveness.ts';
import { listenOnLoopback } from './loopback.ts';
import { createPush } from './push.ts';
import { refuse } from './refuse.ts';
import { type DemoOptions, defaultDemoOptions, type Room } from './room.ts';

export interface DemoServer {
  readonly port: number;
  /** Takes no more connections and closes the open ones with 1001; resolves when none is left. */
  stop(): Promise<void>;
}

/** Starts the demo server on `port` of this machine (0: any), or on the next free one above it. */
export async function startDemoServer(port: number, options: Partial<DemoOptions> = {}): Promise<DemoServer> {
  const settings = { ...defaultDemoOptions, ...options };
  const rooms = openRooms(settings);
  const { port: taken, servers } = await listenOnLoopback(() => createHttpServer(rooms, settings), port);
  const unwatch = watchLiveness(() => connectionsOf(rooms), settings.pingIntervalMs);
  return {
    port: taken,
    async stop() {
      unwatch();
      await Promise.all([...servers.map(closeServer), closeRooms(rooms, settings.stopTimeoutMs)]);
    },
  };
}

/** The WebSocket half of each path. */
type Rooms = ReadonlyMap<string, WebSocketServer>;

function openRooms(settings: DemoOptions): Rooms {
  return new Map([
    ['/echo', openRoom(createEcho())],
    ['/chat', openRoom(createChat(settings.maxMembers))],
    ['/push', openRoom(createPush(settings.pushIntervalMs))],
  ]);
}

function openRoom(room: Room): WebSocketServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: room.maxPayloadBytes });
  server.on('connection', (socket: WebSocket) => {
    // What the peer did wrong ends its connection (ws sends the close code); it must not end the server.
    socket.on('error', () => undefined);
    room.join(socket);
  });
  return server;
}

function createHttpServer(rooms: Rooms, settings: DemoOptions): Server {
  const server = createServer((request, response) => answerPlainRequest(rooms, request, response));
  return server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(request);
    const room = rooms.get(path);
    if (!room) return refuse(socket, 404, `no ${path} here; there are ${[...rooms.keys()].join(', ')}`);
    if ([...connectionsOf(rooms)].length >= settings.maxConnections) {
      return refuse(socket, 503, `all ${settings.maxConnections} connections are taken`);
    }
    room.handleUpgrade(request, socket, head, (open) => room.emit('connection', open, request));
  });
}

function answerPlainRequest(rooms: Rooms, request: IncomingMessage, response: ServerResponse): void {
  const isRoom = rooms.has(pathOf(request));
  const status = isRoom ? 426 : 404;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    ...(isRoom && { Upgrade: 'websocket', Connection: 'Upgrade' }),
  });
  response.end(`This is a WebSocket server with ${[...rooms.keys()].join(', ')}.\n`);
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

function* connectionsOf(rooms: Rooms): Iterable<WebSocket> {
  for (const room of rooms.values()) yield* room.clients;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

async function closeRooms(rooms: Rooms, timeoutMs: number): Promise<void> {
  const sockets = [...connectionsOf(rooms)];
  const allClosed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of sockets) socket.close(1001, 'the demo server stops');
  const limit = setTimeout(() => {
    for (const socket of sockets) socket.terminate();
  }, timeoutMs);
  await allClosed;
  clearTimeout(limit);
}
