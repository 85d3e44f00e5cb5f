// One contender, in a process of its own: it opens its lines for a workload, and runs the rounds that it is told.
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';
import { contenderOf } from './contender.ts';
import type { Line } from './contenders/kind.ts';
import { openMany, openOneByOne } from './open-many.ts';
import { echo, receive, send } from './runs.ts';
import type { Workload } from './workload.ts';

/** What opens lines, and what runs a round on them. */
export type ClientOrder =
  | { readonly url: string; readonly workload: Workload; readonly lines: number; readonly window: number }
  | { readonly round: number };

const contender = contenderOf(process.argv[2]);
let lines: readonly Line[] = [];
let run: (count: number) => Promise<object>;

answerOrders({}, (order: ClientOrder) => ('round' in order ? round(order.round) : open(order)));

async function open({ url, workload, lines: count, window }: Exclude<ClientOrder, { round: number }>): Promise<object> {
  const { kind, size } = workload;
  const sockets = await openMany(kind === 'open' ? 0 : count, () => contender.dial(url, workload));
  lines = sockets.map((socket) => contender.lineOf(socket, workload));
  const [first] = lines;
  if (kind === 'send') run = send(first!, size);
  else if (kind === 'receive') run = receive(first!);
  else if (kind === 'echo') run = echo(lines, window);
  else run = (opened) => openOneByOne(opened, contender, url);
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
