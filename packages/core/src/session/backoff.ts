/** How long to wait between dials, in ms. */
export interface BackoffOptions {
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

/**
 * The wait before the dial that follows `attempt` failed ones: anywhere from `minDelayMs` to a ceiling that doubles
 * each time up to `maxDelayMs` (full jitter), so that the clients of a server that restarts do not come back at once.
 * `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number, { minDelayMs, maxDelayMs }: BackoffOptions): number {
  return Math.min(maxDelayMs, minDelayMs * (1 + random * (2 ** attempt - 1)));
}
