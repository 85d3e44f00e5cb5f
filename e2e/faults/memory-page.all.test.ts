import { expect, test } from 'vitest';
import { measurePage } from './memory/measure-page.ts';
import { formatSeries, growthMiB } from './memory/series.ts';

test('a page that reads slowly holds what its limit lets wait, and then hears that it is too slow', async () => {
  const { reading, series } = await measurePage('page, limit 4 MiB', 2 ** 22);
  console.log(formatSeries(series));
  expect(reading?.code).toBe('reader-too-slow');
  // What is no longer needed, and not yet collected, is seen too.
  expect(growthMiB(series)).toBeLessThan(48);
}, 180_000);

test('a page without a limit grows: the server really does not wait', async () => {
  const { reading, series } = await measurePage('page, no limit', Number.POSITIVE_INFINITY);
  console.log(formatSeries(series));
  expect(reading).toBe(undefined);
  expect(growthMiB(series)).toBeGreaterThan(48);
}, 180_000);
