import { failOn } from '../errors.ts';
import { fillOptions } from './fill-options.ts';

/**
 * How often the clients that share it come back: told the time, in ms, it answers in how many ms the next dial may begin,
 * and takes that place.
 */
export type RetryBudget = (nowMs: number) => number;

/** What a budget allows. */
export interface RetryBudgetOptions {
  /** How many dials may begin at once. Default 10. */
  readonly maxDials?: number;
  /** In which time, in ms, as many more may follow, evenly spread. Default 10,000. */
  readonly perMs?: number;
}

/** A budget for `reconnect.budget` of many clients. Throws `invalid-option` or `unknown-option`. */
export function createRetryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  const { maxDials, perMs } = fillOptions(options, { maxDials: 10, perMs: 10_000 }) as Required<RetryBudgetOptions>;
  if (maxDials < 1) failOn('invalid-option', `maxDials ${maxDials}`, '1 or more');
  const stepMs = perMs / maxDials;
  /** When the budget is whole again. */
  let wholeAtMs = 0;
  return (nowMs) => {
    const waitMs = Math.max(0, wholeAtMs - (perMs - stepMs) - nowMs);
    wholeAtMs = Math.max(wholeAtMs, nowMs) + stepMs;
    return waitMs;
  };
}
