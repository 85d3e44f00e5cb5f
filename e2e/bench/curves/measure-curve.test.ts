import { describe, expect, test } from 'vitest';
import type { CurvePlan } from './curve-plan.ts';
import { measureCurve } from './measure-curve.ts';

/** A curve of two series that notes what is asked of it, and answers rising values. */
function notedPlan(notes: string[], last: CurvePlan['last'] = {}): CurvePlan {
  let value = 0;
  return {
    name: 'noted',
    x: 'steps',
    y: 'values',
    series: ['ours', 'theirs'],
    points: [1, 10],
    last,
    open: async () => ({
      step: async (x) => void notes.push(`step ${x}`),
      async round(series, x) {
        notes.push(`${series} ${x}`);
        return ++value;
      },
      close: async () => void notes.push('closed'),
    }),
  };
}

describe('a curve', () => {
  test('is measured step by step, the series in turns, another one first each time', async () => {
    const notes: string[] = [];
    await measureCurve(notedPlan(notes), 1);
    expect(notes).toEqual([
      ...['step 1', 'ours 1', 'theirs 1', 'theirs 1', 'ours 1'],
      ...['step 10', 'ours 10', 'theirs 10', 'theirs 10', 'ours 10'],
      'closed',
    ]);
  });

  test('has the median and the ends of the rounds, without the one that warms up', async () => {
    const { series } = await measureCurve(notedPlan([]), 3);
    expect(series.ours![0]).toEqual({ x: 1, y: 5, low: 4, high: 8 });
  });

  test('leaves out the steps beyond the last one of a series', async () => {
    const { series } = await measureCurve(notedPlan([], { theirs: 1 }), 1);
    expect(series.theirs!.map(({ x }) => x)).toEqual([1]);
    expect(series.ours!.map(({ x }) => x)).toEqual([1, 10]);
  });

  test('lets go of what it has opened, also when a round fails', async () => {
    const notes: string[] = [];
    const plan = notedPlan(notes);
    const failing: CurvePlan = {
      ...plan,
      open: async () => ({ ...(await plan.open()), round: () => Promise.reject(new Error('a round failed')) }),
    };
    await expect(measureCurve(failing, 1)).rejects.toThrow('a round failed');
    expect(notes).toEqual(['step 1', 'closed']);
  });
});
