import { median } from './median.ts';
import type { Spread } from './result.ts';

/** The median of some rounds, the least and the most. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
