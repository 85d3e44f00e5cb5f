import { startChild } from '../child.ts';
import { urlOf } from '../flow/url.ts';
import type { Workload } from '../flow/workload.ts';
import type { Sample, Stage } from '../plan.ts';
import type { MemoryOrder } from './memory-process.ts';

/** What the clients of a process hold. Each round is a process of its own, which holds nothing of the rounds before. */
export async function openClientMemory(workload: Workload): Promise<Stage> {
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
