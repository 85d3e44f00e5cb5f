import { describe, expect, test } from 'vitest';
import { formatFinding } from './engine/finding.ts';
import { findingsOf } from './engine/report.ts';
import { fuzz } from './engine/fuzz.ts';

/** A failure is replayed by its seed: `HOLDFAST_SEED=... npm run e2e -- e2e/fuzz`. */
const seed = process.env['HOLDFAST_SEED'] ?? String(Date.now());

describe('fuzzing', () => {
  test(`60,000 inputs break no invariant (seed ${seed})`, async () => {
    const report = await fuzz({ seed, inputs: 60_000 });
    expect(findingsOf(report).map(formatFinding)).toEqual([]);
    expect(report.targets.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThanOrEqual(59_000);
  }, 300_000);
});
