import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BenchResult, Spread } from './result.ts';

const file = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const page = file('speed.md');
const result = JSON.parse(file('public/bench.json')) as BenchResult;

describe('the figures that the page about speed is drawn from', () => {
  test('are of a run that says where and when it was, and who was compared', () => {
    expect(Date.parse(result.date)).not.toBeNaN();
    expect(result).toMatchObject({ node: expect.any(String), cpu: expect.any(String), cores: expect.any(Number) });
    expect(result.rounds).toBeGreaterThan(0);
    expect(Object.keys(result.versions)).toEqual(expect.arrayContaining(['ws', 'undici', 'bufferutil']));
  });

  test('have rows for each group that the page shows, and no others', () => {
    const shown = [...page.matchAll(/<BenchRows group="(.+)" \/>/g)].map(([, group]) => group);
    expect(new Set(result.rows.map(({ group }) => group))).toEqual(new Set(shown));
  });

  test('have ours and at least one other in each row, with a ratio to each, and to all that was wanted', () => {
    for (const { name, figures, ratios, wanted = [] } of result.rows) {
      const { holdfast, ...others } = figures;
      expect(holdfast, name).toBeDefined();
      expect(Object.keys(others).length, name).toBeGreaterThan(0);
      expect(Object.keys(ratios), name).toEqual(Object.keys(others));
      for (const { against } of wanted) expect(ratios, name).toHaveProperty([against]);
      for (const spread of [...Object.values(figures), ...Object.values(ratios)]) expectSpread(spread, name);
    }
  });

  test('have the curves that the page explains, each of more than one step', () => {
    const explained = [...page.matchAll(/^- \*\*(.+)\*\*: /gm)].map(([, name]) => name);
    expect(result.curves.map(({ name }) => name)).toEqual(explained);
    for (const { name, series } of result.curves) {
      for (const [of, points] of Object.entries(series)) {
        expect(points.length, `${name}, ${of}`).toBeGreaterThan(1);
        for (const { y, low, high } of points) expectSpread({ median: y, low, high }, `${name}, ${of}`);
      }
    }
  });

  test('are all that the page says: no figure is typed by hand', () => {
    const prose = page.replaceAll(/```[\s\S]*?```/g, '').split('</script>')[1] ?? '';
    const figures = prose.match(/\b\d[\d.,]*( ?×| ?%| [kM]?\/s| [nµm]s\b| times\b)/g);
    expect(figures).toBeNull();
  });
});

function expectSpread({ median, low, high }: Spread, name: string): void {
  expect(low, name).toBeGreaterThan(0);
  expect(low, name).toBeLessThanOrEqual(median);
  expect(median, name).toBeLessThanOrEqual(high);
}
