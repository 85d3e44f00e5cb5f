import { beforeAll, describe, expect, test } from 'vitest';
import { measure } from './memory/measure.ts';
import { formatSeries, growthMiB, rssGrowthMiB, type Series, type Way } from './memory/series.ts';

/** How many messages of 64 KiB are read or sent: many times what may wait. */
const messages: Readonly<Record<Way, number>> = {
  iterator: 300,
  readable: 300,
  'on message': 1_000,
  send: 3_000,
  'ws send': 3_000,
};

describe.each([
  {
    name: 'who reads slowly, from a server that sends without end',
    bounded: ['iterator', 'readable'],
    unbounded: 'on message',
    mostMiB: 8,
  },
  // The outbox has 16 MiB, and the transport one.
  { name: 'who sends without end, to a peer that does not read', bounded: ['send'], unbounded: 'ws send', mostMiB: 24 },
] as const)('$name', ({ bounded, unbounded, mostMiB }) => {
  let series: Record<string, Series>;
  beforeAll(async () => {
    const all = await Promise.all([...bounded, unbounded].map((way) => measure(way, messages[way])));
    series = Object.fromEntries(all.map((each) => [each.way, each]));
    for (const each of all) console.log(formatSeries(each));
  });

  test.each(bounded)('does not grow by "%s"', (way) => {
    expect(growthMiB(series[way]!)).toBeLessThan(mostMiB);
    expect(rssGrowthMiB(series[way]!)).toBeLessThan(mostMiB + 64);
  });

  test(`grows by "${unbounded}": the other end really does not wait`, () => {
    expect(growthMiB(series[unbounded]!)).toBeGreaterThan(50);
  });
});
