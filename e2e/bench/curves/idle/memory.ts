import { openClientMemory } from '../../memory/clients.ts';
import { openServerMemory } from '../../memory/server.ts';
import type { Stage } from '../../plan.ts';
import type { ContenderName } from '../../result.ts';
import type { CurvePlan } from '../curve-plan.ts';

/** Who is measured, and at which end. */
const halves: Readonly<Record<string, readonly [end: 'client' | 'server', name: ContenderName]>> = {
  'holdfast, client': ['client', 'holdfast'],
  'ws, client': ['client', 'ws'],
  'holdfast, server': ['server', 'holdfast'],
  'ws, server': ['server', 'ws'],
};

/**
 * What one idle connection adds to the heap: what the system gives comes in larger pieces. Of ten, it would be less than what a
 * process takes and lets go of by itself.
 */
export const idleMemory: CurvePlan = {
  name: 'The memory of idle connections',
  x: 'idle connections',
  y: 'bytes of heap a connection',
  series: Object.keys(halves),
  points: [100, 1_000, 10_000],
  async open() {
    const stages: Record<'client' | 'server', Stage> = {
      client: await openClientMemory({ kind: 'open', size: 64, isText: false }),
      server: await openServerMemory(),
    };
    return {
      step: async () => {},
      async round(series, count) {
        const [end, name] = halves[series]!;
        return (await stages[end].round(name, count)).heapBytes!;
      },
      async close() {
        await stages.client.close();
        await stages.server.close();
      },
    };
  },
};
