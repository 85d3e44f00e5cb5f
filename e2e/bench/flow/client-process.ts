// One contender, in a process of its own: it opens a line for each workload that it is told, and runs its rounds.
import type { Contender, Line } from './contender.ts';
import { bareSocket } from './contenders/bare-socket.ts';
import { holdfast } from './contenders/holdfast.ts';
import { undici } from './contenders/undici.ts';
import { ws } from './contenders/ws.ts';
import type { Round, Workload } from './workload.ts';

/** So much is sent in one turn, in bytes, and so many messages. */
const turnBytes = 256 * 1024;
const turnMessages = 1000;

const contenders: readonly Contender[] = [holdfast, ws, undici, bareSocket];
const contender = contenders.find(({ name }) => name === process.argv[2])!;
let line: Line | undefined;
let workload: Workload;
let onMessages: (count: number) => void = () => {};

process.on('message', (order: { readonly open: string; readonly workload: Workload } | { readonly round: true }) => {
  void ('round' in order ? round() : open(order.open, order.workload)).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());

async function open(url: string, next: Workload): Promise<object> {
  line?.close();
  workload = next;
  line = await contender.open(url, workload);
  line.onMessages((count) => onMessages(count));
  return {};
}

async function round(): Promise<Round> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const tripsUs = await runs[workload.kind](line!);
  const ms = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1e3, tripsUs };
}

const runs: Record<Workload['kind'], (on: Line) => Promise<number[]>> = {
  async send(on) {
    const arrived = untilHeard(1);
    const each = Math.max(1, Math.min(turnMessages, Math.floor(turnBytes / workload.size)));
    for (let left = workload.count; left > 0; left -= each) {
      on.sendMany(Math.min(left, each));
      await on.ready();
    }
    await arrived;
    return [];
  },
  async receive(on) {
    const arrived = untilHeard(workload.count);
    on.sendMany(1);
    await arrived;
    return [];
  },
  async 'round-trip'(on) {
    const tripsUs: number[] = [];
    for (let trip = 0; trip < workload.count; trip++) {
      const begin = performance.now();
      const arrived = untilHeard(1);
      on.sendMany(1);
      await arrived;
      tripsUs.push((performance.now() - begin) * 1e3);
    }
    return tripsUs;
  },
};

function untilHeard(count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    onMessages = (heard) => {
      left -= heard;
      if (left <= 0) resolve();
    };
  });
}
