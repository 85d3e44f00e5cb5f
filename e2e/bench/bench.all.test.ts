import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchResult, Spread } from './result.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** Runs the bench for one short round, and answers what it printed and what it wrote. */
async function runBench(folder: string): Promise<{ printed: string; result: BenchResult }> {
  const file = join(folder, 'bench.json');
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    main,
    '--rounds',
    '1',
    '--round-ms',
    '5',
    '--most',
    '100',
    '--json',
    file,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return { printed: stdout, result: JSON.parse(await readFile(file, 'utf8')) as BenchResult };
}

describe('the bench, one short round of all', () => {
  let folder: string;
  let printed: string;
  let result: BenchResult;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
    ({ printed, result } = await runBench(folder));
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('has rows of each group, each of a name of its own', () => {
    const groups = [
      'send',
      'receive',
      'echo',
      'round trip',
      'compressed',
      'connections',
      'memory',
      'server',
      'delivery',
      'masks',
      'browser',
    ];
    expect([...new Set(result.rows.map(({ group }) => group))]).toEqual(expect.arrayContaining(groups));
    const names = result.rows.map(({ group, name }) => `${group} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('finds a figure above 0 for ours and at least one other in each row, and the ratio of the two', () => {
    for (const { name, figures, ratios } of result.rows) {
      const { holdfast, ...others } = figures;
      expect(Object.keys(others).length, name).toBeGreaterThan(0);
      expect(Object.keys(ratios), name).toEqual(Object.keys(others));
      for (const spread of [holdfast!, ...Object.values(others), ...Object.values(ratios)]) {
        expect(isSane(spread), `${name}: ${JSON.stringify(spread)}`).toBe(true);
      }
    }
  });

  test('is judged by all that was wanted, and prints each row', () => {
    for (const { name, wanted = [], ratios } of result.rows) {
      expect(printed).toContain(name);
      for (const { against } of wanted) expect(ratios, name).toHaveProperty([against]);
    }
  });

  test('has curves whose every series has a figure above 0 at its first step', () => {
    expect(result.curves.length).toBeGreaterThan(0);
    for (const { name, series } of result.curves) {
      for (const [of, [first]] of Object.entries(series)) {
        if (first) expect(isSane({ ...first, median: first.y }), `${name}, ${of}`).toBe(true);
      }
    }
  });

  test('says who was compared, and where', () => {
    expect(Object.keys(result.versions)).toEqual(
      expect.arrayContaining(['ws', 'undici', 'bufferutil', 'utf-8-validate']),
    );
    expect(result).toMatchObject({ rounds: 1, node: process.versions.node });
    expect(Number.isNaN(Date.parse(result.date))).toBe(false);
  });
});

/** Some of one round are cut short, but none is nothing, or without end. */
function isSane({ median, low, high }: Spread): boolean {
  return low > 0 && low <= median && median <= high && Number.isFinite(high);
}
