import { describe, expect, test } from 'vitest';
import { measure } from './measure.ts';
import { type Plan, perSecond } from './plan.ts';
import type { ContenderName } from './result.ts';

/** A plan of contenders that take so many µs for an operation, and what it was told to do. */
function planOf(us: Partial<Record<ContenderName, number>>, more: Partial<Plan> = {}) {
  const runs: { name: ContenderName; count: number }[] = [];
  let closed = 0;
  const plan: Plan = {
    rows: [{ group: 'send', name: 'send', unit: 'messages/s', better: 'more', figureOf: perSecond }],
    contenders: Object.keys(us) as ContenderName[],
    firstCount: 10,
    open: async () => ({
      async round(name, count) {
        runs.push({ name, count });
        return { count, ms: (count * us[name]!) / 1e3, cpuMs: (count * us[name]!) / 2e3 };
      },
      async close() {
        closed++;
      },
    }),
    ...more,
  };
  return { plan, runs, closed: () => closed };
}

describe('measure', () => {
  test('gives each contender the count that fills a round, once it has warmed up', async () => {
    const { plan, runs } = planOf({ holdfast: 1, ws: 20 });
    await measure(plan, { rounds: 3, roundMs: 100 });
    const counted = runs.slice(-6);
    expect(new Set(counted.filter(({ name }) => name === 'holdfast').map(({ count }) => count))).toEqual(
      new Set([100_000]),
    );
    expect(new Set(counted.filter(({ name }) => name === 'ws').map(({ count }) => count))).toEqual(new Set([5000]));
  });

  test('warms up by at least two rounds, of which the last is a whole one', async () => {
    const { plan, runs } = planOf({ holdfast: 1000 });
    await measure(plan, { rounds: 1, roundMs: 10 });
    expect(runs.map(({ count }) => count)).toEqual([10, 10, 10]);
  });

  test('lets another contender begin in each round', async () => {
    const { plan, runs } = planOf({ holdfast: 1, ws: 1, undici: 1 }, { isCountFixed: true });
    await measure(plan, { rounds: 3, roundMs: 1 });
    expect(runs.map(({ name }) => name).join(' ')).toBe(
      ['holdfast ws undici', 'ws undici holdfast', 'undici holdfast ws'].join(' '),
    );
  });

  test('runs rounds of a fixed count as they are, and none to warm up', async () => {
    const { plan, runs } = planOf({ holdfast: 1 }, { isCountFixed: true, firstCount: 7 });
    await measure(plan, { rounds: 2, roundMs: 1000 });
    expect(runs).toEqual(Array.from({ length: 2 }, () => ({ name: 'holdfast', count: 7 })));
  });

  test('answers the rows with rates, ratios and CPU time', async () => {
    const { plan } = planOf({ holdfast: 1, ws: 20 });
    const [row] = await measure(plan, { rounds: 3, roundMs: 100 });
    expect(row!.figures.ws!.median).toBeCloseTo(50_000);
    expect(row!.figures.ws!.cpuUs).toBeCloseTo(10);
    expect(row!.ratios.ws!.median).toBeCloseTo(20);
    expect(row).not.toHaveProperty('figureOf');
  });

  test('closes what it opened, also after a round that failed', async () => {
    const { plan, closed } = planOf({ holdfast: 1 });
    const failing: Plan = {
      ...plan,
      open: async () => ({ ...(await plan.open()), round: () => Promise.reject(new Error('gone')) }),
    };
    await expect(measure(failing, { rounds: 1, roundMs: 1 })).rejects.toThrow('gone');
    expect(closed()).toBe(1);
  });
});
