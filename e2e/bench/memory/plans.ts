import { startChild } from '../child.ts';
import { clientNames } from '../flow/contender.ts';
import { urlOf } from '../flow/url.ts';
import type { Workload } from '../flow/workload.ts';
import type { Plan, RowPlan, Sample, Stage } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import type { MemoryOrder } from './memory-process.ts';

const webSockets = clientNames.filter((name) => name !== 'bare socket');
/** Of what ws holds, what ours may hold. */
const wantedIdle = [{ against: 'ws', ratio: 0.75 }] as const;
const wantedUsed = [{ against: 'ws', ratio: 1 }] as const;
const [idleConnections, usedConnections] = [2000, 200];
/** How many messages go each way on a connection that is used. */
const messages = 50;

const idle: Workload = { kind: 'open', size: 64, isText: false };
const idleCompressed: Workload = { ...idle, isFeed: true };
const used: Workload = { kind: 'converse', size: 512, isText: true, isFeed: true, count: messages };

/** What a client holds for each connection: of the machine's memory, which is what counts, and of JavaScript's heap alone. */
export const memoryPlans: readonly Plan[] = [
  planOf(idle, idleConnections, { name: 'idle connection', wanted: wantedIdle }, clientNames),
  planOf(idleCompressed, idleConnections, { name: 'idle connection, compression agreed', wanted: wantedIdle }),
  planOf(used, usedConnections, { name: 'connection that has compressed both ways', wanted: wantedUsed }, [
    // undici compresses nothing.
    'holdfast',
    'ws',
  ]),
];

function planOf(
  workload: Workload,
  connections: number,
  said: Pick<RowPlan, 'name' | 'wanted'>,
  contenders: readonly ContenderName[] = webSockets,
): Plan {
  const common = { group: 'memory', unit: 'bytes', better: 'less' } as const;
  return {
    rows: [
      { ...common, ...said, figureOf: ({ rssBytes }) => rssBytes! },
      { ...common, name: `${said.name}, heap only`, figureOf: ({ heapBytes }) => heapBytes! },
    ],
    contenders,
    firstCount: connections,
    isCountFixed: true,
    open: () => openMemory(workload),
  };
}

/** Each round is a process of its own, which holds nothing of the rounds before. */
async function openMemory(workload: Workload): Promise<Stage> {
  const peer = await startChild(new URL('../flow/peer-process.ts', import.meta.url));
  const order = { url: urlOf(peer, workload), workload };
  return {
    async round(name, count) {
      const child = await startChild(new URL('memory-process.ts', import.meta.url), [name], ['--expose-gc']);
      const sample = (await child.ask({ ...order, count } satisfies MemoryOrder)) as Sample;
      await child.end();
      return sample;
    },
    close: () => peer.end(),
  };
}
