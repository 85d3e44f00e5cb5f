// A server that echoes and pings, in a process of its own: `server-process.ts NAME INTERVAL_MS`. Each order is answered by
// the time of processors up to now, in µs.
import { serve } from '@holdfast/node/server';
import { WebSocketServer } from 'ws';
import { answerOrders } from '../../orders.ts';
import { pingAll } from './ping-all.ts';

const [, , name, interval] = process.argv;
const intervalMs = Number(interval);
const timeoutMs = 15_000;
const servers: Record<string, () => Promise<number>> = { holdfast, ws };

const port = await servers[name!]!();
answerOrders({ port }, () => {
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system };
});

async function holdfast(): Promise<number> {
  const limits = { maxConnections: 100_000 };
  const server = await serve(
    { port: 0, host: '127.0.0.1', heartbeat: { intervalMs, timeoutMs }, limits },
    (connection) => {
      connection.on('message', ({ data }) => connection.send(data));
    },
  );
  return server.port;
}

async function ws(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const hear = pingAll(server.clients, intervalMs, timeoutMs);
  server.on('connection', (socket) => {
    hear(socket);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as { port: number }).port;
}
