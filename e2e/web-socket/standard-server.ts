import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import { closeListener, listenOnFreePort, loopbackUrl } from '../servers/listen.ts';

/** The server that the rows ask, by `ws`. */
export interface StandardServer {
  /** `ws://127.0.0.1:21000` */
  readonly url: string;
  close(): Promise<void>;
}

/** What the server does by the path, once the handshake is done. */
const afterHandshake: Readonly<Record<string, (peer: Peer, query: URLSearchParams, socket: Duplex) => void>> = {
  '/echo': echo,
  '/deflate': echo,
  /** Two messages right behind the handshake. */
  '/push'(peer) {
    peer.send('a');
    peer.send('b');
  },
  '/push-close'(peer) {
    peer.send('a');
    peer.send('b');
    peer.close(1000, 'done');
  },
  '/close'(peer, query) {
    peer.on('message', () => {
      const code = query.get('code');
      if (code === null) peer.close();
      else peer.close(Number(code), query.get('reason') ?? '');
    });
  },
  '/cut'(peer) {
    peer.on('message', () => peer.terminate());
  },
  /** Answers a message by a frame with a reserved bit. */
  '/fault'(peer, _, socket) {
    peer.on('message', () => socket.write(Uint8Array.of(0xf1, 0)));
  },
  /** Reads only after a while. */
  '/slow'(peer) {
    peer.pause();
    setTimeout(() => peer.resume(), 50);
    echo(peer);
  },
};

/** What the server does by the path in place of a handshake. */
const insteadOfHandshake: Readonly<Record<string, (socket: Duplex, request: IncomingMessage) => void>> = {
  '/silent'() {},
  '/refuse'(socket) {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  },
  '/wrong-key'(socket) {
    socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
    );
  },
  '/hang-up'(socket) {
    socket.destroy();
  },
};

/** Starts the server on a free port of the loopback. */
export async function startStandardServer(): Promise<StandardServer> {
  const http = createServer((_, response) => void response.writeHead(404).end());
  const handleProtocols = (offered: Set<string>, request: IncomingMessage) => {
    const chosen = pathOf(request).searchParams.get('protocol');
    return chosen ?? offered.values().next().value ?? false;
  };
  const plain = new WebSocketServer({ noServer: true, handleProtocols });
  const deflating = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });
  // One that nobody reads does not tell that its client has left.
  const sockets = new Set<Duplex>();
  http.on('upgrade', (request, socket: Duplex, head) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    const { pathname, searchParams } = pathOf(request);
    const refuse = insteadOfHandshake[pathname];
    if (refuse) return refuse(socket, request);
    const server = pathname === '/deflate' ? deflating : plain;
    server.handleUpgrade(request, socket, head, (peer) => {
      // A client that leaves at once is part of what is asked.
      peer.on('error', () => {});
      (afterHandshake[pathname] ?? echo)(peer, searchParams, socket);
    });
  });
  const port = await listenOnFreePort(http);
  return {
    url: loopbackUrl('ws', port),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      http.closeAllConnections();
      await closeListener(http);
    },
  };
}

function pathOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'ws://localhost');
}

function echo(peer: Peer): void {
  peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary }));
}
