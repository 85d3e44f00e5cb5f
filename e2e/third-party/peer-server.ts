import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ServerOptions, type WebSocket as Peer, WebSocketServer } from 'ws';
import { closeListener, listenOnFreePort, loopbackUrl } from '../servers/listen.ts';

/** A server by `ws`, which can drop those who are connected. */
export interface PeerServer {
  readonly url: string;
  readonly sockets: WebSocketServer;
  /** How each connection ended, as the server saw it: the code of the close frame, 1006 for none. */
  readonly endCodes: readonly number[];
  /** Cuts all lines without a close frame. */
  drop(): void;
  /** Resolves when so many connections have ended. */
  ended(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts one on a free port of the loopback. */
export async function startPeerServer(
  onPeer: (peer: Peer) => void = () => {},
  options: ServerOptions = {},
): Promise<PeerServer> {
  const http = createServer((_, response) => void response.writeHead(404).end());
  const sockets = new WebSocketServer({ ...options, server: http });
  const endCodes: number[] = [];
  sockets.on('connection', (peer) => {
    peer.on('close', (code) => {
      endCodes.push(code);
      sockets.emit('peer-ended');
    });
    onPeer(peer);
  });
  const port = await listenOnFreePort(http);
  const drop = () => {
    for (const peer of sockets.clients) peer.terminate();
  };
  return {
    url: loopbackUrl('ws', port),
    sockets,
    endCodes,
    drop,
    async ended(count) {
      while (endCodes.length < count) await once(sockets, 'peer-ended');
    },
    close() {
      drop();
      http.closeAllConnections();
      return closeListener(http);
    },
  };
}
