// A client of ours, in a process of its own, which runs the rounds that it is told: `client-process.ts ROLE`.
import { setTimeout } from 'node:timers/promises';
import { connect, type NodeClient } from '@holdfast/node';
import { deliver, delivery, deliveryStore } from 'holdfast/delivery';
import { holdfast } from '../flow/contenders/holdfast.ts';
import { receive, send } from '../flow/runs.ts';
import { messageOf, type Workload } from '../flow/workload.ts';
import { median } from '../median.ts';
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';
import type { DeliveryRole } from './work.ts';

/** What opens the connection, and what runs a round on it. */
export type ClientOrder = { readonly url: string } | { readonly round: number };

const { kind, size, isText, restMs, file, hasDelivery } = JSON.parse(process.argv[2]!) as DeliveryRole;
let run: (count: number) => Promise<object>;

answerOrders({}, (order: ClientOrder) => ('round' in order ? round(order.round) : open(order.url)));

async function open(url: string): Promise<object> {
  const client = connect(url, {
    reconnect: false,
    heartbeat: { intervalMs: 24 * 3_600_000 },
    ...(hasDelivery && { delivery: delivery(file === undefined ? {} : { store: deliveryStore(file) }) }),
  });
  await client.once('open');
  const workload: Workload = { kind: kind === 'trip' ? 'echo' : kind, size, isText };
  const line = holdfast.lineOf(client, workload);
  if (kind === 'send') run = send(line, size);
  else if (kind === 'receive') run = receive(line);
  else run = trips(hasDelivery ? delivered(client, workload) : echoed(client, workload));
  return {};
}

async function round(count: number): Promise<Sample> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const more = await run(count);
  const ms = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  return { count, ms, cpuMs: (user + system) / 1e3, ...more };
}

/** One trip after the other, each after a rest where that is wanted. */
function trips(make: () => Promise<unknown>): typeof run {
  return async (count) => {
    const tookUs: number[] = [];
    for (let trip = 0; trip < count; trip++) {
      if (restMs !== undefined) await setTimeout(restMs);
      const begin = performance.now();
      await make();
      tookUs.push(1e3 * (performance.now() - begin));
    }
    return { p50Us: median(tookUs) };
  };
}

function delivered(client: NodeClient, workload: Workload): () => Promise<unknown> {
  const message = messageOf(workload);
  return () => deliver(client, message);
}

/** The same where there is no delivery: the app at the other end says that it has the message, by sending it back. */
function echoed(client: NodeClient, workload: Workload): () => Promise<unknown> {
  const message = messageOf(workload);
  let resolve = () => {};
  client.on('message', () => resolve());
  return () => {
    const back = new Promise<void>((done) => (resolve = done));
    client.send(message);
    return back;
  };
}
