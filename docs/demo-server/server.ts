import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Chat, openChat } from '../systems/chat/chat-room.ts';
import { ServerHealth } from '../systems/dashboard/server-health.ts';
import { FeedServer } from '../systems/feed/feed-server.ts';
import { LogFile } from '../systems/log/log-file.ts';
import { createLogRoom } from '../systems/log/log-room.ts';
import { createRandomRoom } from '../systems/push/push-room.ts';
import { createFilesRoom } from '../systems/files/files-room.ts';
import { createEcho } from './echo.ts';
import { createHoldfastEngine } from './engines/holdfast-engine.ts';
import { createWsEngine } from './engines/ws-engine.ts';
import { createLinesRoom } from './lines/lines-room.ts';
import { listenForLines } from './lines/listen-lines.ts';
import { WatchedLines } from './lines/watched-lines.ts';
import { listenOnLoopback } from './loopback.ts';
import { createPush } from './push.ts';
import { refuse } from './refuse.ts';
import { type DemoOptions, defaultDemoOptions, type OwnRoom, type Room, type Rooms } from './room.ts';

export interface DemoServer {
  readonly port: number;
  /** Where the same rooms are reached by a line that can be watched and broken (`/lines`). */
  readonly linePort: number;
  /** Takes no more connections and closes the open ones with 1001; resolves when none is left. */
  stop(): Promise<void>;
}

/** Starts the demo server on `port` of this machine (0: any), or on the next free one above it. */
export async function startDemoServer(port: number, options: Partial<DemoOptions> = {}): Promise<DemoServer> {
  const settings = { ...defaultDemoOptions, ...options };
  const lines = new WatchedLines();
  const feed = new FeedServer();
  const chat = await openChat(settings.redis, settings.maxMembers);
  const rooms = new Map([...openRooms(settings, lines, chat), ['/feed', feed.room] as const]);
  const health = new ServerHealth(settings.metricReaders);
  const ownRooms = openOwnRooms(settings, health);
  const engine =
    settings.engine === 'ws'
      ? createWsEngine(rooms, settings)
      : createHoldfastEngine(rooms, ownRooms, settings, (server, path) => health.measure(server, path));
  const paths = [...rooms.keys(), ...ownRooms.keys()];
  const { port: taken, servers } = await listenOnLoopback(() => createHttpServer(paths, feed), port);
  for (const server of servers) engine.attach(server);
  const linePort = await listenForLines(settings.linePort, taken, lines);
  return {
    port: taken,
    linePort: linePort.port,
    async stop() {
      chat.leaveMembers();
      await Promise.all([...servers.map(closeServer), engine.close()]);
      await linePort.close();
      feed.stop();
      await chat.close();
      await health.stop();
    },
  };
}

function openRooms(settings: DemoOptions, lines: WatchedLines, chat: Chat): Rooms {
  return new Map<string, Room>([
    ['/echo', createEcho()],
    ['/chat', chat],
    ['/push', createPush(settings.pushIntervalMs)],
    ['/random', createRandomRoom(settings.pushIntervalMs)],
    ['/log', createLogRoom(new LogFile(settings.logPath))],
    ['/lines', createLinesRoom(lines)],
  ]);
}

function openOwnRooms(
  { engine, filesFolder, maxFileBytes }: DemoOptions,
  health: ServerHealth,
): ReadonlyMap<string, OwnRoom> {
  if (engine === 'ws') return new Map();
  return new Map([
    ['/files', createFilesRoom(filesFolder, maxFileBytes)],
    ['/health', health.room],
  ]);
}

/** Answers what is meant for no room; the engine takes the rest. */
function createHttpServer(paths: readonly string[], feed: FeedServer): Server {
  const server = createServer((request, response) => {
    if (!feed.handle(request, response)) answerPlainRequest(paths, request, response);
  });
  return server.on('upgrade', (request: IncomingMessage, socket) => {
    const path = pathOf(request);
    if (path === '/feed') feed.countConnection(request);
    if (!paths.includes(path)) refuse(socket, 404, `no ${path} here; there are ${paths.join(', ')}`);
  });
}

function answerPlainRequest(paths: readonly string[], request: IncomingMessage, response: ServerResponse): void {
  const isRoom = paths.includes(pathOf(request));
  const status = isRoom ? 426 : 404;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    ...(isRoom && { Upgrade: 'websocket', Connection: 'Upgrade' }),
  });
  response.end(`This is a WebSocket server with ${paths.join(', ')}.\n`);
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
