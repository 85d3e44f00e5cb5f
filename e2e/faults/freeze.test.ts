import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, holdAnswer, withBench } from './bench.ts';
import { type Freezer, heartbeat, startFreezer } from './runs/freezer.ts';

describe('a page that is frozen for longer than interval and limit, and whose lines the browser leaves alone', () => {
  let engine: Freezer;
  beforeAll(async () => {
    engine = await startFreezer('left alone');
  });
  afterAll(() => engine?.close());

  const expectAlive = async ({ client }: Bench) => {
    const { answers } = await client.until({});
    expect(await client.until({ answers: answers + 3 })).toMatchObject({ opens: 1, ends: 0, reasons: [] });
  };

  test('keeps a line that lives, when it was frozen between two questions', () =>
    withBench(engine, { heartbeat }, async (bench) => {
      await bench.client.until({ answers: 1 });
      await engine.freezeLong(bench);
      await expectAlive(bench);
    }));

  test('keeps a line that lives, when it was frozen before the answer, which came meanwhile', () =>
    withBench(engine, { heartbeat }, async (bench) => {
      await holdAnswer(bench);
      await engine.freezeLong(bench, () => bench.line.unblock('toClient'));
      await expectAlive(bench);
    }));

  test('keeps a line that lives, whose answer comes only when it is awake', () =>
    withBench(engine, { heartbeat }, async (bench) => {
      await holdAnswer(bench);
      await engine.freezeLong(bench);
      bench.line.unblock('toClient');
      await expectAlive(bench);
    }));

  test('finds a line that died meanwhile, and comes back', () =>
    withBench(engine, { heartbeat }, async (bench) => {
      await holdAnswer(bench);
      await engine.freezeLong(bench, () => bench.line.stall());
      const account = await bench.client.until({ opens: 2 });
      expect(account).toMatchObject({ ends: 1, reasons: ['heartbeat-timeout'] });
    }));
});
