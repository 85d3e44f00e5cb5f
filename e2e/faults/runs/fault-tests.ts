import { describe, expect, test } from 'vitest';
import { formatReport } from '../report.ts';
import type { EngineTests } from './describe-engine.ts';
import { faultRuns } from './fault-runs.ts';

/** Each fault of the line by its name, with what must come of it. */
export const faultTests: EngineTests = (engine) =>
  describe('holdfast on a line with faults', () => {
    for (const { fault, outcome, run, expected } of faultRuns)
      test(`${fault}: ${outcome}`, async () => {
        const report = await run(engine(), fault);
        console.log(formatReport(report));
        expect(report).toMatchObject(expected);
        expect(report.uncertain ?? 0).toBeGreaterThanOrEqual(report.lost);
      });
  });
