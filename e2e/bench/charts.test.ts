import { describe, expect, test } from 'vitest';
import { formatAmount, formatDigits, formatScaled } from '../../docs/speed/amounts.ts';
import { logScale, scaleOf } from '../../docs/speed/scale.ts';
import { wishesOf } from '../../docs/speed/wanted.ts';
import type { Row } from './result.ts';

describe('an axis of the page about speed', () => {
  test.each([
    { values: [1, 100_000], ticks: [1, 10, 100, 1_000, 10_000, 100_000] },
    { values: [64, 2 ** 20], ticks: [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000] },
    { values: [1_000], ticks: [1_000, 10_000] },
  ])('by powers of ten goes over $values', ({ values, ticks }) => {
    const scale = logScale(values);
    expect(scale.ticks).toEqual(ticks);
    for (const value of values) {
      expect(scale.place(value)).toBeGreaterThanOrEqual(0);
      expect(scale.place(value)).toBeLessThanOrEqual(1);
    }
  });

  test.each([
    { values: [300, 443], isLog: false, ticks: [0, 200, 400, 600] },
    { values: [4.5, 13.2], isLog: false, ticks: [0, 5, 10, 15] },
    { values: [2, 5_000], isLog: true, ticks: [1, 10, 100, 1_000, 10_000] },
  ])('begins at 0 unless $values are of many sizes', ({ values, isLog, ticks }) => {
    expect(scaleOf(values)).toMatchObject({ isLog, ticks });
  });
});

describe('a figure', () => {
  test.each([
    [formatScaled(21_209_300), '21.2 M'],
    [formatScaled(523_000), '523 k'],
    [formatScaled(99.6), '99.6'],
    [formatDigits(0.061_234), '0.061'],
    [formatDigits(1), '1'],
    [formatDigits(5_170), '5170'],
    [formatAmount(35_856, 'bytes'), '35 KiB'],
    [formatAmount(2_784, 'connections/s'), '2.78 k/s'],
    [formatAmount(14.86, 'µs'), '14.9 µs'],
  ])('is written short: %s', (written, short) => {
    expect(written).toBe(short);
  });
});

describe('what was wanted of a row', () => {
  const spread = (median: number) => ({ median, low: median, high: median });
  test.each([
    { better: 'more', is: 20, ratio: 20, isReached: true, text: '20\u00a0× ws, wanted ≥\u00a020' },
    { better: 'more', is: 19.9, ratio: 20, isReached: false, text: '19.9\u00a0× ws, wanted ≥\u00a020' },
    { better: 'less', is: 0.95, ratio: 0.95, isReached: true, text: '0.95\u00a0× ws, wanted ≤\u00a00.95' },
    { better: 'less', is: 1.1, ratio: 0.95, isReached: false, text: '1.1\u00a0× ws, wanted ≤\u00a00.95' },
  ] as const)('is reached or missed: $text', ({ better, is, ratio, isReached, text }) => {
    const row: Row = {
      group: 'send',
      name: 'a row',
      unit: 'messages/s',
      better,
      figures: { holdfast: spread(is), ws: spread(1) },
      ratios: { ws: spread(is) },
      wanted: [{ against: 'ws', ratio }],
    };
    expect(wishesOf(row)).toEqual([{ name: 'a row', against: 'ws', isReached, text }]);
  });
});
