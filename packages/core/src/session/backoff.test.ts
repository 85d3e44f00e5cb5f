import { describe, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

const options = { minDelayMs: 100, maxDelayMs: 1000 };

describe('backoffMs', () => {
  test.each([
    // attempt, random, delay
    [1, 0, 100],
    [1, 0.5, 150],
    [1, 0.999999, 200],
    [2, 0.999999, 400],
    [3, 0.5, 450],
    [4, 0.999999, 1000],
    [9, 0, 100],
    [9, 0.999999, 1000],
    [5000, 0.999999, 1000],
  ])('after %i failed dials, with chance %f: %i ms', (attempt, random, delayMs) => {
    expect(backoffMs(attempt, random, options)).toBeCloseTo(delayMs, 0);
  });

  test('no delay at all can be asked for', () => {
    expect(backoffMs(7, 0.9, { minDelayMs: 0, maxDelayMs: 0 })).toBe(0);
  });
});
