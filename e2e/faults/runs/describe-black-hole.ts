import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engines/engine.ts';
import { formatReport } from '../report.ts';
import { runBlackHole } from './black-hole.ts';

/** The black hole on one engine, with each of these numbers of messages before it. */
export function describeBlackHole(name: string, start: () => Promise<Engine>, passing: readonly number[]): void {
  describe(`a line that goes silent and then drops, on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());

    test.each(passing)(
      'after %i of 10 messages: no fewer are told uncertain than were lost, and the next ones arrive',
      async (count) => {
        const report = await runBlackHole(engine, 'holdfast', { passing: count });
        console.log(formatReport(report));
        expect(report).toMatchObject({ sent: 10, lost: 10 - count, doubled: 0, outOfOrder: 0, isBack: true });
        expect(report.uncertain).toBeGreaterThanOrEqual(report.lost);
        expect(report.uncertain).toBeLessThanOrEqual(report.sent);
      },
    );

    test('what a heartbeat has proven read is not told uncertain: that is what was lost, and no more', async () => {
      const report = await runBlackHole(engine, 'holdfast', { isProven: true });
      console.log(formatReport(report));
      expect(report).toMatchObject({ sent: 10, delivered: 3, lost: 7, uncertain: 7, isBack: true });
    });
  });
}
