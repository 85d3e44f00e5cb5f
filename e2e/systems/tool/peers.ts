import { createServer, type Server, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { closeListener, listenOnFreePort } from '../../servers/listen.ts';

/** A server that a test talks to. */
export interface ToolPeer {
  readonly port: number;
  stop(): Promise<void>;
}

/** What a server of `ws` was asked for. */
export interface Asked {
  headers: Record<string, string | string[] | undefined>;
}

/**
 * A server of `ws`, which speaks `chat.v2`, echoes, and does what a text asks for: `!close <code> <reason>`, `!drop`, `!hostile`.
 * `/refuse/<status>` is answered with that status.
 */
export async function startEcho(asked: Asked[] = []): Promise<ToolPeer> {
  const http = (await import('node:http')).createServer();
  const server = new WebSocketServer({
    server: http,
    handleProtocols: (offered) => (offered.has('chat.v2') ? 'chat.v2' : false),
    verifyClient: ({ req }, answer) => {
      asked.push({ headers: req.headers });
      const status = /^\/refuse\/(\d+)/.exec(req.url ?? '')?.[1];
      answer(status === undefined, Number(status), `refused \x1b[31mfor a test`);
    },
  });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      const [order, code, ...reason] = isBinary ? [] : String(data).split(' ');
      if (order === '!close') socket.close(Number(code), reason.join(' '));
      else if (order === '!drop') socket.terminate();
      else if (order === '!hostile') socket.send('\x1b[2J\x1b]0;owned\x07 and \u202eturned\r\n12:00:00.000 < not ours');
      else socket.send(data, { binary: isBinary });
    });
  });
  const port = await listenOnFreePort(http);
  return {
    port,
    async stop() {
      for (const socket of server.clients) socket.terminate();
      await closeListener(http);
    },
  };
}

/** A server without any protocol: `answer` does with each connection, once it has asked, what it likes. */
export async function startRaw(answer: (socket: Socket, request: string) => void): Promise<ToolPeer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('data', (request) => answer(socket, String(request)));
  });
  const port = await listenOnFreePort(server);
  return {
    port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await closeListener(server);
    },
  };
}
