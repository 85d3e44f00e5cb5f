import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { BenchServer, ServerWork } from './kind.ts';

/** The server of ws, with bufferutil and utf-8-validate beside it. */
export async function wsServer({ mode, onQuestion, message }: ServerWork): Promise<BenchServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      if (mode === 'echo') socket.send(data, { binary: isBinary });
      else onQuestion();
    });
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    broadcast() {
      // As its readme has it.
      for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(message);
    },
  };
}
