import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quick, withBench } from '../bench.ts';
import type { Engine } from '../engines/engine.ts';

const heartbeat = { intervalMs: 100, timeoutMs: 500 } as const;

/** A line that dies without a word is found, and one that lives is left alone, on one engine. */
export function describeDeadLine(name: string, start: () => Promise<Engine>): void {
  describe(`a heartbeat on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());

    test('finds a line that died without a word, by its interval and its limit', () =>
      withBench(engine, { heartbeat: quick }, async ({ client, line }) => {
        await client.until({ answers: 1 });
        line.stall();
        const { reasons, silentMs } = await client.until({ ends: 1 });
        console.log(`found on ${name} after ${Math.round(silentMs)} ms of silence`);
        expect(reasons).toEqual(['heartbeat-timeout']);
        await client.until({ opens: 2 });
      }));
  });
}

/** What needs a server in another thread than the client: the client's may do something else for a while. */
export function describeBusyThread(name: string, start: () => Promise<Engine>): void {
  describe(`a thread that is busy for longer than interval and limit, on ${name}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.close());

    test('does not cost a line that lives, whose answer came meanwhile', () =>
      withBench(engine, { heartbeat }, async ({ client, line, server }) => {
        await client.until({ answers: 1 });
        // The answer is on its way, and nothing of it is there yet.
        line.block('toClient');
        await server.nextProbe();
        const busy = client.keepBusy(1_000);
        line.unblock('toClient');
        await busy;
        const { answers } = await client.until({});
        expect(await client.until({ answers: answers + 3 })).toMatchObject({ opens: 1, ends: 0 });
      }));

    test('only puts off that a dead line is found', () =>
      withBench(engine, { heartbeat }, async ({ client, line, server }) => {
        await server.nextProbe();
        line.stall();
        await client.keepBusy(1_000);
        expect(await client.until({ opens: 2 })).toMatchObject({ ends: 1, reasons: ['heartbeat-timeout'] });
      }));
  });
}
