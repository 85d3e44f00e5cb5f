/** A value and when it was so, in ms of `performance.now()`. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** A number that is easy to read and not below `value`: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** As `1,234`, `12.3` or `0.4`. */
export function formatValue(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
