import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeListener, listenOnFreePort } from '../../servers/listen.ts';
import { formatNumbered, parseNumbered, probe } from '../message.ts';
import { Received } from './received.ts';
import type { ServerEnd } from './server-end.ts';

/** A server end by `ws`. */
export async function startWsEnd(): Promise<ServerEnd> {
  const received = new Received();
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  let newest: WebSocket | undefined;
  server.on('connection', (client) => {
    newest = client;
    client.on('error', () => {});
    client.on('ping', () => received.addProbe());
    client.on('message', (data) => {
      const text = String(data);
      if (text === probe.message) {
        received.addProbe();
        client.send(probe.reply);
      } else received.add(parseNumbered(text));
    });
  });
  return {
    port: await listenOnFreePort(http),
    received: received.numbers,
    until: (numbers) => received.until(numbers),
    probes: () => received.probes,
    untilAsked: (times) => received.untilAsked(times),
    send: (numbers, length) => numbers.forEach((number) => newest?.send(formatNumbered(number, length))),
    close: () => {
      for (const client of server.clients) client.terminate();
      return closeListener(http);
    },
  };
}
