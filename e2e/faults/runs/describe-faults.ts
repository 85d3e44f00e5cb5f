import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engines/engine.ts';
import { formatReport } from '../report.ts';
import { faultRuns } from './fault-runs.ts';

/** Each named fault on one engine, with what must come of it. */
export function describeFaults(name: string, start: () => Promise<Engine>): void {
  describe(`a line with faults, on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());

    test.each(faultRuns)('$name', async ({ run, expected }) => {
      const report = await run(engine);
      console.log(formatReport(report));
      expect(report).toMatchObject(expected);
      if (report.uncertain !== undefined) expect(report.uncertain).toBeGreaterThanOrEqual(report.lost);
      else expect(report.lost).toBe(0);
    });
  });
}
