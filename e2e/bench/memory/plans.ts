import { clientNames } from '../flow/contender.ts';
import type { Workload } from '../flow/workload.ts';
import type { Plan, RowPlan } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import { serverNames } from '../server/stage.ts';
import { openClientMemory } from './clients.ts';
import { openServerMemory } from './server.ts';

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

/**
 * What a client holds for each connection, and a server: of the machine's memory, which is what counts, and of JavaScript's heap
 * alone.
 */
export const memoryPlans: readonly Plan[] = [
  clientPlan(idle, idleConnections, { name: 'idle connection', wanted: wantedIdle }, clientNames),
  clientPlan(idleCompressed, idleConnections, { name: 'idle connection, compression agreed', wanted: wantedIdle }),
  clientPlan(used, usedConnections, { name: 'connection that has compressed both ways', wanted: wantedUsed }, [
    // undici compresses nothing.
    'holdfast',
    'ws',
  ]),
  planOf(idleConnections, { name: 'idle connection of a server' }, serverNames, openServerMemory),
];

function clientPlan(
  workload: Workload,
  connections: number,
  said: Pick<RowPlan, 'name' | 'wanted'>,
  contenders: readonly ContenderName[] = webSockets,
): Plan {
  return planOf(connections, said, contenders, () => openClientMemory(workload));
}

function planOf(
  connections: number,
  said: Pick<RowPlan, 'name' | 'wanted'>,
  contenders: readonly ContenderName[],
  open: Plan['open'],
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
    open,
  };
}
