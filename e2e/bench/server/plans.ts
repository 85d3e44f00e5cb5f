import { type Plan, perSecond, type RowPlan } from '../plan.ts';
import { showBytes } from '../flow/workload.ts';
import { openServers, serverNames } from './stage.ts';
import { type ServerPlan, serverWorkload } from './work.ts';

const echo: ServerPlan = { mode: 'echo', connections: 100, atOnce: 16 };
const broadcast: ServerPlan = { mode: 'broadcast', connections: 1000, atOnce: 1 };
const broadcasts: ServerPlan = { ...broadcast, atOnce: 16 };
/** How much faster than the server of ws ours is to be. */
const [wantedEcho, wantedBroadcast] = [2, 3];

const length = showBytes(serverWorkload.size);

/** The server half, under the load of bare sockets; a message that is broadcast counts once for each who gets it. */
export const serverPlans: readonly Plan[] = [
  planOf(echo, `echo ${length}, ${echo.connections} clients`, wantedEcho),
  planOf(broadcast, `broadcast ${length} to ${broadcast.connections}`, wantedBroadcast),
  planOf(broadcasts, `broadcast ${length} to ${broadcast.connections}, ${broadcasts.atOnce} in a turn`),
];

function planOf(plan: ServerPlan, name: string, ratio?: number): Plan {
  const row: RowPlan = {
    group: 'server',
    name: `server ${name}`,
    unit: 'messages/s',
    better: 'more',
    figureOf: perSecond,
    ...(ratio !== undefined && { wanted: [{ against: 'ws', ratio }] }),
  };
  return { rows: [row], contenders: serverNames, firstCount: 5 * plan.connections, open: () => openServers(plan) };
}
