// Opens many connections of one contender, and tells by how much this process has grown with each.
import { contenderOf } from '../flow/contender.ts';
import { openMany } from '../flow/open-many.ts';
import type { Workload } from '../flow/workload.ts';
import { answerOrders } from '../orders.ts';
import type { Sample } from '../plan.ts';
import { grownBytes, sharedBy, usedBytes } from './used-bytes.ts';

/** How many connections to open, where, and what each of them does. */
export interface MemoryOrder {
  readonly url: string;
  readonly workload: Workload;
  readonly count: number;
}

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
  return { count, ms, ...grownBytes(before, after, count) };
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
