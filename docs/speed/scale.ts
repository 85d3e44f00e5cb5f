/** Puts values of an axis in their place, from 0 at its beginning to 1 at its end. */
export interface Scale {
  readonly isLog: boolean;
  readonly ticks: readonly number[];
  place(value: number): number;
}

/** An axis by powers of ten, over all of these values, which are above 0. */
export function logScale(values: readonly number[]): Scale {
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
  return { isLog: true, ticks, place: (value) => (Math.log10(value) - from) / (to - from) };
}

/** An axis from 0 that ends above the largest value. */
function linearScale(values: readonly number[]): Scale {
  const most = Math.max(...values);
  const step = niceStep(most / 4);
  const count = Math.ceil(most / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => at * step);
  return { isLog: false, ticks, place: (value) => value / (count * step) };
}

/** From 0 where all is of one size, else by powers of ten: what is far smaller would lie on the ground. */
export function scaleOf(values: readonly number[]): Scale {
  const spread = Math.max(...values) / Math.min(...values);
  return spread > 30 ? logScale(values) : linearScale(values);
}

function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}
