// Opens many connections of one contender, and tells by how much this process has grown with each.
import { setTimeout } from 'node:timers/promises';
import { contenderOf } from '../flow/contender.ts';
import { openMany } from '../flow/open-many.ts';
import type { Workload } from '../flow/workload.ts';
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';

/** How many connections to open, where, and what each of them does. */
export interface MemoryOrder {
  readonly url: string;
  readonly workload: Workload;
  readonly count: number;
}

/** What all connections share is there with the first of them. */
const sharedBy = 50;
/** So often and so far apart, in ms, what is no longer needed is collected: some of it is let go of in a later turn. */
const [collections, apartMs] = [4, 50];

const contender = contenderOf(process.argv[2]);
const held: unknown[] = [];

answerOrders({}, measure);

async function measure(order: MemoryOrder): Promise<Sample> {
  const { count } = order;
  await openSome(order, sharedBy);
  const before = await usedBytes();
  const begin = performance.now();
  await openSome(order, count);
  const ms = performance.now() - begin;
  const after = await usedBytes();
  return {
    count,
    ms,
    rssBytes: (after.rss - before.rss) / count,
    heapBytes: (after.heap - before.heap) / count,
  };
}

async function openSome({ url, workload }: MemoryOrder, count: number): Promise<void> {
  const opened = await openMany(count, async () => {
    const socket = await contender.dial(url, workload);
    if (workload.kind === 'converse') await converse(socket, workload);
    return socket;
  });
  held.push(...opened);
}

/** Sends as many messages as come, and waits for all that come. */
function converse(socket: unknown, workload: Workload): Promise<void> {
  const line = contender.lineOf(socket, workload);
  let left = workload.count!;
  line.sendMany(left);
  return new Promise((resolve) => {
    line.onMessages((count) => {
      left -= count;
      if (left <= 0) resolve();
    });
  });
}

/** What this process has of the machine's memory, and what JavaScript holds, which is not all: zlib's own is outside. */
async function usedBytes(): Promise<{ rss: number; heap: number }> {
  for (let time = 0; time < collections; time++) {
    gc!();
    await setTimeout(apartMs);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}
