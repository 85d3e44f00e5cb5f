import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { range, withBench } from './bench.ts';
import { type Freezer, heartbeat, startFreezer } from './runs/freezer.ts';

describe('a page that is frozen for longer than interval and limit, as for users', () => {
  let engine: Freezer;
  beforeAll(async () => {
    engine = await startFreezer('as for users');
  });
  afterAll(() => engine?.close());

  test('is awake with a line, the old one or another if the browser ended that, and what was lost is told', () =>
    withBench(engine, { heartbeat }, async ({ client, server, ...bench }) => {
      await client.until({ answers: 1 });
      await client.send(range(1, 3));
      await engine.freezeLong({ client, server, ...bench });
      await client.send(range(4, 6));
      // So that an end that is to come has come.
      const { answers } = await client.until({});
      const { reasons, uncertain = 0 } = await client.until({ answers: answers + 3 });
      await client.send(range(7, 9));
      await server.until(range(7, 9));
      expect(reasons).not.toContain('heartbeat-timeout');
      expect(range(1, 6).filter((number) => !server.received.includes(number)).length).toBeLessThanOrEqual(uncertain);
    }));
});
