import { type Child, startChild } from '../child.ts';
import { showBytes } from '../flow/workload.ts';
import type { Plan, RowPlan, Sample, Stage } from '../plan.ts';
import type { ContenderName } from '../result.ts';
import { kernelNames, type Kernels } from './kernels.ts';

const sizes = [16, 64, 256, 1024, 16 * 1024, 1024 * 1024];
const ways = [
  ['copy', 'copied'],
  ['inPlace', 'in place'],
] as const;
/** Ours is to be no slower than what is written in C. */
const wanted = [{ against: 'bufferutil', ratio: 1 }] as const;

/** The masks alone, in bytes per second. */
export const maskPlans: readonly Plan[] = ways.flatMap(([way, words]) =>
  sizes.map((size) => ({
    rows: [rowOf(`mask ${showBytes(size)} ${words}`, size)],
    contenders: kernelNames,
    firstCount: Math.ceil(2 ** 22 / (size + 64)),
    open: () => openMasks(way, size),
  })),
);

function rowOf(name: string, size: number): RowPlan {
  const figureOf = ({ count, ms }: Sample) => (count * size) / (ms * 1e6);
  return { group: 'masks', name, unit: 'GB/s', better: 'more', figureOf, wanted };
}

async function openMasks(way: keyof Kernels, size: number): Promise<Stage> {
  const script = new URL('mask-process.ts', import.meta.url);
  const children = await Promise.all(kernelNames.map((name) => startChild(script, [name, way, `${size}`])));
  const masks = new Map(kernelNames.map((name, at): [ContenderName, Child] => [name, children[at]!]));
  return {
    round: async (name, count) => (await masks.get(name)!.ask({ count })) as Sample,
    async close() {
      await Promise.all(children.map((child) => child.end()));
    },
  };
}
