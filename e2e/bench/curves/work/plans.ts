import { startChild } from '../../child.ts';
import type { CurvePlan } from '../curve-plan.ts';
import { works } from './all.ts';

/** How far a work is run before the first step. */
const warmUp = 1_000;
const powersOfTen = [1, 10, 100, 1_000, 10_000, 100_000];

/** The curves of what only needs a processor; each series has a process of its own. */
export const workPlans: readonly CurvePlan[] = [
  planOf('outbox', {
    name: 'Messages that wait for a link',
    x: 'messages of 64 B in the outbox',
    y: 'ns a message',
    points: powersOfTen,
  }),
  planOf('fragments', {
    name: 'Fragments of one message',
    x: 'fragments of 16 B',
    y: 'ns a fragment',
    points: powersOfTen,
  }),
  planOf('reads', {
    name: 'The length of a read',
    x: 'bytes in a read',
    y: 'ns a byte',
    points: [1, 2, 4, 16, 256, 4 * 1024, 64 * 1024],
  }),
  planOf('singleBytes', {
    name: 'Long messages in reads of 1 B',
    x: 'bytes of the message',
    y: 'ns a byte',
    points: [64, 1024, 16 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024],
    last: { 'ws, binary': 64 * 1024, 'ws, text': 64 * 1024 },
  }),
  planOf('timers', {
    name: 'The timers of heartbeats',
    x: 'connections',
    y: 'ns of CPU a beat',
    points: [10, 100, 1_000, 10_000],
  }),
];

function planOf(work: string, said: Pick<CurvePlan, 'name' | 'x' | 'y' | 'points' | 'last'>): CurvePlan {
  const series = Object.keys(works[work]!);
  return {
    ...said,
    series,
    async open() {
      const script = new URL('work-process.ts', import.meta.url);
      const children = await Promise.all(series.map((name) => startChild(script, [work, name])));
      // What is short would otherwise be measured before it is compiled.
      for (const child of children) await child.ask({ x: warmUp });
      return {
        step: async () => {},
        round: async (name, x) => ((await children[series.indexOf(name)]!.ask({ x })) as { y: number }).y,
        async close() {
          await Promise.all(children.map((child) => child.end()));
        },
      };
    },
  };
}
