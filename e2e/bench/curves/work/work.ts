/** Does something of this extent, and answers what one unit of it took, in ns. */
export type Work = (x: number) => number | Promise<number>;

/** So much of a work that its time can be told: each is run until it comes to so many units. */
const leastUnits = 50_000;

/** How often a work of so many units is run. */
export function timesOf(units: number): number {
  return Math.max(1, Math.ceil(leastUnits / units));
}

/** What a call took, in ns. */
export function nsOf(run: () => void): number {
  const begin = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - begin);
}
