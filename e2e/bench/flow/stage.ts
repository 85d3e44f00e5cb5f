import { type Child, startChild } from '../child.ts';
import { pinTogether } from '../pin.ts';
import type { Sample, Stage } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import type { ClientOrder } from './client-process.ts';
import { urlOf } from './url.ts';
import type { Workload } from './workload.ts';

/** What a client does: with how many connections, and how many messages under way on each. */
export interface ClientWork extends Workload {
  readonly lines?: number;
  readonly window?: number;
  /** Whether both ends run on the same core. */
  readonly sharesCore?: boolean;
}

/** A peer, and a client of each contender towards it, each in a process of its own. */
export async function openFlow(work: ClientWork, names: readonly ContenderName[]): Promise<Stage> {
  const { lines = 1, window = 1, sharesCore = false, ...workload } = work;
  const [peer, ...children] = await Promise.all([
    startChild(new URL('peer-process.ts', import.meta.url)),
    ...names.map((name) => startChild(new URL('client-process.ts', import.meta.url), [name])),
  ]);
  if (sharesCore) pinTogether([peer, ...children].map(({ pid }) => pid));
  const clients = new Map(names.map((name, at): [ContenderName, Child] => [name, children[at]!]));
  const open: ClientOrder = { url: urlOf(peer, workload), workload, lines, window };
  for (const client of clients.values()) await client.ask(open);
  return {
    async round(name, count) {
      await peer.ask({ count });
      return (await clients.get(name)!.ask({ round: count } satisfies ClientOrder)) as Sample;
    },
    async close() {
      await Promise.all([peer, ...children].map((child) => child.end()));
    },
  };
}
