// Clients that ping and are otherwise idle, in a process of their own: `pinging-process.ts NAME INTERVAL_MS`. Each order is
// answered by the time of processors up to now, in µs.
import { once } from 'node:events';
import { connect } from '@holdfast/node';
import { WebSocket } from 'ws';
import { openMany } from '../../flow/open-many.ts';
import { answerOrders } from '../../orders.ts';
import { pingAll } from './ping-all.ts';

/** Opens so many clients; or does nothing. */
export type PingingOrder = { readonly url: string; readonly count: number } | Record<string, never>;

const [, , name, interval] = process.argv;
const intervalMs = Number(interval);
const timeoutMs = 15_000;
const dials: Record<string, (url: string) => Promise<unknown>> = { holdfast, ws };

const held: unknown[] = [];
const sockets = new Set<WebSocket>();
const hear = name === 'ws' ? pingAll(sockets, intervalMs, timeoutMs) : () => {};
answerOrders({}, async (order: PingingOrder) => {
  if ('url' in order) held.push(...(await openMany(order.count, () => dials[name!]!(order.url))));
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system };
});

async function holdfast(url: string): Promise<unknown> {
  const client = connect(url, { reconnect: false, heartbeat: { intervalMs, timeoutMs } });
  await client.once('open');
  return client;
}

async function ws(url: string): Promise<unknown> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  hear(socket);
  sockets.add(socket);
  return socket;
}
