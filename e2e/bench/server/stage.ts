import { type Child, startChild } from '../child.ts';
import type { Stage } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import type { LoadOrder } from './load-process.ts';
import type { ServerOrder } from './server-process.ts';
import type { ServerPlan } from './work.ts';

/** Who is compared as a server, ours first. */
export const serverNames: readonly ContenderName[] = ['holdfast', 'ws', 'bare socket'];

/** A server of each contender, and one load for all, each in a process of its own. */
export async function openServers(plan: ServerPlan): Promise<Stage> {
  const [load, ...children] = await Promise.all([
    startChild(new URL('load-process.ts', import.meta.url), [JSON.stringify(plan)]),
    ...serverNames.map((name) => startServer(name, plan)),
  ]);
  const servers = new Map(serverNames.map((name, at): [ContenderName, Child] => [name, children[at]!]));
  for (const [server, { hello }] of servers) {
    await load.ask({ server, port: (hello as { port: number }).port } satisfies LoadOrder);
  }
  return {
    async round(name, most) {
      const { count, broadcasts } = wholeOf(plan, most);
      const before = await cpuMsOf(servers.get(name)!, broadcasts);
      const { ms } = (await load.ask({ server: name, count } satisfies LoadOrder)) as { ms: number };
      return { count, ms, cpuMs: (await cpuMsOf(servers.get(name)!, broadcasts)) - before };
    },
    async close() {
      await Promise.all([load, ...children].map((child) => child.end()));
    },
  };
}

function startServer(name: ContenderName, plan: ServerPlan): Promise<Child> {
  return startChild(new URL('server-process.ts', import.meta.url), [name, JSON.stringify(plan)]);
}

/** A broadcast goes to all, so that only multiples of them can be delivered. */
function wholeOf({ mode, connections }: ServerPlan, most: number): { count: number; broadcasts: number } {
  if (mode === 'echo') return { count: most, broadcasts: 0 };
  const broadcasts = Math.max(1, Math.round(most / connections));
  return { count: broadcasts * connections, broadcasts };
}

async function cpuMsOf(server: Child, broadcasts: number): Promise<number> {
  const { cpuMs } = (await server.ask({ broadcasts } satisfies ServerOrder)) as { cpuMs: number };
  return cpuMs;
}
