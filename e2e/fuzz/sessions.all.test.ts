import { expect, test } from 'vitest';
import { formatFinding } from './engine/finding.ts';
import { fuzz } from './engine/fuzz.ts';
import { findingsOf } from './engine/report.ts';

/** A failure is replayed by its seed: `HOLDFAST_SEED=... npm run fuzz -- --target session`. */
const seed = process.env['HOLDFAST_SEED'] ?? String(Date.now());

test(`10,000 sessions by the seed ${seed} break no invariant, and each comes to its end`, async () => {
  const report = await fuzz({ seed, inputs: 10_000, only: ['session'] });
  expect(findingsOf(report).map(formatFinding)).toEqual([]);
  const [session] = report.targets;
  expect(session?.passed).toBe(10_000);
  expect(session?.reached.get('closed')).toBe(10_000);
}, 300_000);
