import { describe, expect, test } from 'vitest';
import { range } from '../bench.ts';
import { formatReport } from '../report.ts';
import { peers, runBlackHole } from './black-hole.ts';
import type { EngineTests } from './describe-engine.ts';

/** A black hole of the line after each number of messages. */
export const blackHoleTests: EngineTests = (engine) =>
  describe('holdfast on a line that goes silent and then drops', () => {
    test.each(range(0, 9))(
      'after %i of 10 messages: no fewer are told uncertain than were lost, and the next ones arrive',
      async (passing) => {
        const report = await runBlackHole(engine(), 'holdfast', { passing });
        console.log(formatReport(report));
        expect(report).toMatchObject({ sent: 10, lost: 10 - passing, doubled: 0, outOfOrder: 0, isBack: true });
        expect(report.uncertain).toBeGreaterThanOrEqual(report.lost);
        expect(report.uncertain).toBeLessThanOrEqual(report.sent);
      },
    );

    test('what a heartbeat has proven read is not told uncertain: that is what was lost, and no more', async () => {
      const report = await runBlackHole(engine(), 'holdfast', { isProven: true });
      console.log(formatReport(report));
      expect(report).toMatchObject({ sent: 10, delivered: 3, lost: 7, uncertain: 7, isBack: true });
    });
  });

/** The same run with delivery: all arrive. */
export const deliveryTests: EngineTests = (engine) =>
  describe('holdfast with delivery on a line that goes silent and then drops', () => {
    test.each(range(0, 9))('after %i of 10 messages: all 10 arrive, once and in order', async (passing) => {
      const report = await runBlackHole(engine(), 'holdfast with delivery', { passing });
      console.log(formatReport(report));
      expect(report).toMatchObject({ sent: 10, delivered: 10, lost: 0, doubled: 0, outOfOrder: 0, isBack: true });
    });
  });

/** The same run as ours: what the page in docs says of others is what they do here. */
export const peerTests: EngineTests = (engine) =>
  describe('others on a line that goes silent and then drops', () => {
    test.each(peers)('%s comes back, and does not tell what was lost', async (peer) => {
      const report = await runBlackHole(engine(), peer);
      console.log(formatReport(report));
      expect(report).toMatchObject({ sent: 10, delivered: 3, lost: 7, uncertain: undefined, isBack: true });
    });
  });
