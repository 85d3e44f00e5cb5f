import { type Plan, perSecond, type RowPlan } from '../plan.ts';
import { clientNames } from '../flow/contender.ts';
import { openFlow } from '../flow/stage.ts';
import { type Workload, showBytes } from '../flow/workload.ts';

const size = 64;
const connections = 1000;
/** How much faster than ws connections are to be opened. */
const wantedRate = 1.5;

/** Many connections: all at work, and opened and closed one after the other. */
export const connectionPlans: readonly Plan[] = [echoPlan(), openPlan()];

function echoPlan(): Plan {
  const workload: Workload = { kind: 'echo', size, isText: false };
  return {
    rows: [rowOf(`${connections} echo ${showBytes(size)}`, { unit: 'messages/s' })],
    contenders: clientNames,
    firstCount: 5 * connections,
    open: () => openFlow({ ...workload, lines: connections, window: 1 }, clientNames),
  };
}

function openPlan(): Plan {
  const wanted = [{ against: 'ws', ratio: wantedRate }] as const;
  return {
    rows: [rowOf('opened and closed', { unit: 'connections/s', wanted })],
    contenders: clientNames,
    // All that a handshake runs is warm only then.
    firstCount: 3000,
    open: () => openFlow({ kind: 'open', size, isText: false }, clientNames),
  };
}

function rowOf(name: string, said: Pick<RowPlan, 'unit' | 'wanted'>): RowPlan {
  return { group: 'connections', name, better: 'more', figureOf: perSecond, ...said };
}
