// One server, in a process of its own, whose time of processors is measured: `server-process.ts NAME PLAN`.
import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../flow/workload.ts';
import { answerOrders } from '../orders.ts';
import { servers } from './servers/all.ts';
import { type ServerPlan, serverWorkload } from './work.ts';

/** Tells how many broadcasts the next round has; what is answered is the time of processors up to now. */
export interface ServerOrder {
  readonly broadcasts: number;
}

const [name, plan] = process.argv.slice(2);
const { mode, atOnce } = JSON.parse(plan!) as ServerPlan;
let broadcasts = 0;

const message = messageOf(serverWorkload) as Uint8Array;
const server = await servers[name!]!({ mode, message, onQuestion: () => void broadcastAll() });
answerOrders({ port: server.port }, (order: ServerOrder) => {
  broadcasts = order.broadcasts;
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1e3 };
});

/** Some in each turn, as they would come from another source, until all are sent. */
async function broadcastAll(): Promise<void> {
  for (let left = broadcasts; left > 0; left -= atOnce) {
    for (let now = Math.min(left, atOnce); now > 0; now--) server.broadcast();
    await setImmediate();
  }
}
