import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { closeListener, listenOnFreePort } from '../../servers/listen.ts';
import { formatNumbered, parseNumbered } from '../message.ts';
import { Received } from './received.ts';
import type { ServerEnd } from './server-end.ts';

/** A server end by `socket.io`, for its own clients. */
export async function startSocketIoEnd(): Promise<ServerEnd> {
  const received = new Received();
  const http = createServer();
  const server = new Server(http, { cors: { origin: '*' } });
  let newest: Socket | undefined;
  server.on('connection', (client) => {
    newest = client;
    client.on('message', (text: string) => received.add(parseNumbered(text)));
  });
  return {
    port: await listenOnFreePort(http),
    received: received.numbers,
    until: (numbers) => received.until(numbers),
    probes: () => received.probes,
    untilAsked: (times) => received.untilAsked(times),
    send: (numbers, length) => numbers.forEach((number) => newest?.send(formatNumbered(number, length))),
    close: async () => {
      server.disconnectSockets(true);
      http.closeAllConnections();
      await closeListener(http);
    },
  };
}
