// A server that echoes and pings, in a process of its own: `server-process.ts NAME INTERVAL_MS`. Each order is answered by
// the time of processors up to now, in µs.
import { serve } from '@holdfast/node/server';
import { WebSocketServer } from 'ws';
import { answerOrders } from '../../orders.ts';

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

/** With a heartbeat as its documentation shows it, of one timer that goes over all clients, and our time limit. */
async function ws(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const heardAtMs = new WeakMap<object, number>();
  server.on('connection', (socket) => {
    const hear = () => void heardAtMs.set(socket, performance.now());
    hear();
    socket.on('pong', hear);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  setInterval(() => {
    const latestMs = performance.now() - intervalMs - timeoutMs;
    for (const socket of server.clients) {
      if (heardAtMs.get(socket)! < latestMs) socket.terminate();
      else socket.ping();
    }
  }, intervalMs);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as { port: number }).port;
}
