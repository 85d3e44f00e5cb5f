import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeListener, listenOnFreePort, loopbackUrl } from '../../servers/listen.ts';
import { messageBytes } from './series.ts';

/** A server that has no regard for its clients. */
export interface GreedyServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Sends to each client as fast as the line takes it, for as long as there is one; or reads nothing. */
export async function startGreedyServer(manner: 'sends without end' | 'does not read'): Promise<GreedyServer> {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  server.on('connection', (client) => {
    client.on('error', () => {});
    if (manner === 'does not read') client.pause();
    else void sendOn(client);
  });
  return {
    url: loopbackUrl('ws', await listenOnFreePort(http)),
    close: () => {
      for (const client of server.clients) client.terminate();
      return closeListener(http);
    },
  };
}

async function sendOn(client: WebSocket): Promise<void> {
  const message = new Uint8Array(messageBytes);
  while (client.readyState === client.OPEN) await new Promise<unknown>((resolve) => client.send(message, resolve));
}
