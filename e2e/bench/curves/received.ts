import { type Child, startChild } from '../child.ts';
import type { ClientOrder } from '../flow/client-process.ts';
import { urlOf } from '../flow/url.ts';
import type { Sample } from '../plan.ts';
import type { CurvePlan } from './curve-plan.ts';

const workload = { kind: 'receive', size: 64, isText: false } as const;
const series = ['holdfast', 'ws'] as const;
/** Short rounds are run so often that they come to this many messages, each on a connection of its own. */
const leastMessages = 20_000;

/** More and more messages on one connection; that the flood has to be asked for is counted in. */
export const received: CurvePlan = {
  name: 'Messages received',
  x: 'messages of 64 B',
  y: 'ns a message',
  series,
  points: [1_000, 10_000, 100_000, 1_000_000],
  async open() {
    const peer = await startChild(new URL('../flow/peer-process.ts', import.meta.url));
    const script = new URL('../flow/client-process.ts', import.meta.url);
    const clients = new Map<string, Child>();
    for (const name of series) clients.set(name, await startChild(script, [name]));
    return {
      step: async (count) => void (await peer.ask({ count })),
      async round(name, count) {
        const client = clients.get(name)!;
        const times = Math.max(1, Math.ceil(leastMessages / count));
        let ms = 0;
        for (let time = 0; time < times; time++) {
          await client.ask({ url: urlOf(peer, workload), workload, lines: 1, window: 1 } satisfies ClientOrder);
          ms += ((await client.ask({ round: count } satisfies ClientOrder)) as Sample).ms;
        }
        return (ms * 1e6) / (times * count);
      },
      async close() {
        await Promise.all([peer, ...clients.values()].map((child) => child.end()));
      },
    };
  },
};
