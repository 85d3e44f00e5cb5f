import type { DisconnectedEvent } from '@holdfast/web';

/** The wait for the next dial: when it ends, and from what its length was drawn. */
export interface Wait {
  /** That of the dial to come. */
  readonly attempt: number;
  readonly delayMs: number;
  /** `performance.now()` when it is over. */
  readonly dueAtMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** What the server asked for with Retry-After, in ms. */
  readonly retryAfterMs: number | undefined;
}

/** How the playground's clients come back: short delays, for a person is watching. */
export const backoff = { minDelayMs: 400, maxDelayMs: 4000 };

/** RFC 6455 7.4.1: close codes 1012 and 1013 ask for 5 to 30 s, at random. */
const busy = { shortestMs: 5000, longestMs: 30_000 };

/** From what the delay before dial `attempt` is drawn, after a line that ended like this. */
export function waitRange(
  attempt: number,
  code: number | undefined,
): { readonly shortestMs: number; readonly longestMs: number } {
  const { minDelayMs, maxDelayMs } = backoff;
  const isBusy = code === 1012 || code === 1013;
  const ceilingMs = minDelayMs * 2 ** Math.max(1, attempt - 1);
  const { shortestMs, longestMs } = isBusy ? busy : { shortestMs: minDelayMs, longestMs: ceilingMs };
  return { shortestMs: Math.min(maxDelayMs, shortestMs), longestMs: Math.min(maxDelayMs, longestMs) };
}

/** What the server asked for when the dial failed, in ms. */
export function retryAfterOf(end: DisconnectedEvent | undefined): number | undefined {
  return end?.error?.retryAfterMs;
}
