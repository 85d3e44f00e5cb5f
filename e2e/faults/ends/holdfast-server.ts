import { type Connection, serve } from '@holdfast/node/server';
import { formatNumbered, parseNumbered, probe } from '../message.ts';
import { Received } from './received.ts';
import type { ServerEnd } from './server-end.ts';

/** A server end by `serve` of `@holdfast/node/server`. */
export async function startHoldfastEnd(): Promise<ServerEnd> {
  const received = new Received();
  let newest: Connection | undefined;
  const server = await serve({ port: 0, host: '127.0.0.1', origin: '*', delivery: true }, (connection) => {
    newest = connection;
    connection.on('message', ({ data }) => {
      if (data === probe.message) {
        received.addProbe();
        connection.send(probe.reply);
      } else received.add(parseNumbered(String(data)));
    });
  });
  return {
    port: server.port,
    received: received.numbers,
    until: (numbers) => received.until(numbers),
    probes: () => received.probes,
    untilAsked: (times) => received.untilAsked(times),
    send: (numbers, length) => numbers.forEach((number) => newest?.send(formatNumbered(number, length))),
    close: () => {
      for (const connection of server.connections) connection.terminate();
      return server.close();
    },
  };
}
