/** A number that came, and when, by `performance.now()`. */
export interface Arrival {
  readonly atMs: number;
  readonly value: number;
}

/** How much of the past the chart shows, in ms. */
export const shownMs = 30_000;

/** Adds what came, if it is a number, and lets go of what is too old to be shown. */
export function noteArrival(arrivals: Arrival[], data: unknown, nowMs: number): void {
  const value = typeof data === 'string' && /^\d{1,9}$/.test(data) ? Number(data) : undefined;
  if (value === undefined) return;
  arrivals.push({ atMs: nowMs, value });
  while ((arrivals[0]?.atMs ?? nowMs) < nowMs - shownMs) arrivals.shift();
}

/** The arrivals in runs that rise: each connection to `/push` counts from 1 again. */
export function risingRuns(arrivals: readonly Arrival[]): Arrival[][] {
  const runs: Arrival[][] = [];
  for (const arrival of arrivals) {
    const run = runs.at(-1);
    if (run && (run.at(-1)?.value ?? 0) < arrival.value) run.push(arrival);
    else runs.push([arrival]);
  }
  return runs;
}
