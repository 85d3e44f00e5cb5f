import { describe, expect, test } from 'vitest';
import { perSecond, type RowPlan, type Sample } from './plan.ts';
import type { ContenderName } from './result.ts';
import { rowOf } from './row.ts';

const plan: RowPlan = { group: 'send', name: 'send', unit: 'messages/s', better: 'more', figureOf: perSecond };

/** A round of so many operations in a second. */
const round = (count: number, cpuMs?: number): Sample => ({ count, ms: 1000, ...(cpuMs !== undefined && { cpuMs }) });
const samples = (ours: Sample[], theirs: Sample[]) =>
  new Map<ContenderName, Sample[]>([
    ['holdfast', ours],
    ['ws', theirs],
  ]);

describe('rowOf', () => {
  test.each([
    {
      name: 'compares round by round, not the medians',
      ours: [100, 200, 600],
      theirs: [100, 50, 300],
      ratio: { median: 2, low: 1, high: 4 },
    },
    {
      name: 'takes the middle of two rounds',
      ours: [100, 300],
      theirs: [100, 100],
      ratio: { median: 2, low: 1, high: 3 },
    },
    { name: 'is under 1 where ours is less', ours: [50], theirs: [100], ratio: { median: 0.5, low: 0.5, high: 0.5 } },
  ])('$name', ({ ours, theirs, ratio }) => {
    const row = rowOf(
      plan,
      samples(
        ours.map((count) => round(count)),
        theirs.map((count) => round(count)),
      ),
    );
    expect(row.ratios).toEqual({ ws: ratio });
  });

  test('gives the median of each with its lowest and highest, and the CPU time of one operation', () => {
    const { figures } = rowOf(plan, samples([round(100, 1), round(200, 4), round(400, 2)], [round(10)]));
    expect(figures).toEqual({
      holdfast: { median: 200, low: 100, high: 400, cpuUs: 10 },
      ws: { median: 10, low: 10, high: 10 },
    });
  });
});
