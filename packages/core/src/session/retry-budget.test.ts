import { describe, expect, test } from 'vitest';
import { createRetryBudget } from './retry-budget.ts';

describe('a retry budget', () => {
  test('lets so many begin at once, and the others one after the other', () => {
    const budget = createRetryBudget({ maxDials: 3, perMs: 900 });
    expect([0, 0, 0, 0, 0].map((nowMs) => budget(1_000 + nowMs))).toEqual([0, 0, 0, 300, 600]);
  });

  test('is whole again after its time', () => {
    const budget = createRetryBudget({ maxDials: 2, perMs: 100 });
    expect([budget(0), budget(0), budget(0)]).toEqual([0, 0, 50]);
    expect([budget(60), budget(1_000), budget(1_000), budget(1_000)]).toEqual([40, 0, 0, 50]);
  });

  test('keeps to its rate: in no time are there more than that, and once what was left over', () => {
    const budget = createRetryBudget({ maxDials: 10, perMs: 1_000 });
    const begins = Array.from({ length: 1_000 }, (_, index) => index + budget(index)).sort((a, b) => a - b);
    for (const [index, begin] of begins.entries()) {
      expect((begins[index + 20] ?? Infinity) - begin).toBeGreaterThanOrEqual(1_000);
    }
  });

  test.each([{ maxDials: 0 }, { perMs: -1 }, { perMinute: 1 }])('refuses %o', (options) => {
    expect(() => createRetryBudget(options)).toThrow(/(invalid|unknown)-option/);
  });
});
