import { describe, expect, test } from 'vitest';
import { holdAnswer, withBench } from '../bench.ts';
import { runDeadLine } from './dead-line.ts';
import type { EngineTests } from './describe-engine.ts';

const heartbeat = { intervalMs: 100, timeoutMs: 500 } as const;
/** Longer than interval and limit together. */
const busyMs = 1_000;

/** A line that dies without a word. */
export const deadLineTests: EngineTests = (engine) =>
  test('a line that died without a word is found, by the interval and the limit of the heartbeat', async () => {
    const { ends, reasons, silentMs } = await runDeadLine(engine());
    console.log(`found on ${engine().name} after ${Math.round(silentMs)} ms of silence`);
    expect({ ends, reasons }).toEqual({ ends: 1, reasons: ['heartbeat-timeout'] });
  });

/** A client whose thread is kept from it; its server has to be in another one. */
export const busyThreadTests: EngineTests = (engine) =>
  describe('a thread that is busy for longer than interval and limit', () => {
    test('does not cost a line that lives, whose answer came meanwhile', () =>
      withBench(engine(), { heartbeat }, async (bench) => {
        const { client, line } = bench;
        await holdAnswer(bench);
        const busy = client.keepBusy(busyMs);
        line.unblock('toClient');
        await busy;
        const { answers } = await client.until({});
        expect(await client.until({ answers: answers + 3 })).toMatchObject({ opens: 1, ends: 0 });
      }));

    test('only puts off that a dead line is found', () =>
      withBench(engine(), { heartbeat }, async ({ client, line, server }) => {
        await server.untilAsked(1);
        line.stall();
        await client.keepBusy(busyMs);
        expect(await client.until({ opens: 2 })).toMatchObject({ ends: 1, reasons: ['heartbeat-timeout'] });
      }));
  });
