import { redisStore } from '@holdfast/node/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis, findRedis, type RedisProcess, startRedis } from './redis-process.ts';
import { runTakeover } from './takeover.ts';

const program = findRedis();
if (program) describeRedis(program);
else testMissing();

function testMissing(): void {
  test('sessions in Redis', ({ skip }) => {
    const why = 'There is no redis-server on this machine; Debian has it in redis-server.';
    if (process.env['CI'] === 'true') expect.fail(why);
    console.log(`left out: sessions in Redis. ${why}`);
    skip(why);
  });
}

function describeRedis(redisServer: string): void {
  describe('a server killed in the midst of its work, and another that goes on from Redis', () => {
    test('loses, doubles and disorders none of 100,000 messages each way, through 20 kills', {
      timeout: 600_000,
    }, async () => {
      const kills = 20;
      const takeover = await runTakeover(redisServer, { messages: 100_000, kills, length: 100 });
      console.log(JSON.stringify(takeover));
      const allThere = { delivered: 100_000, lost: 0, doubled: 0, outOfOrder: 0 };
      expect(takeover).toMatchObject({ toServer: allThere, toClient: allThere, dropped: 0 });
      expect(takeover.resumed.length).toBeGreaterThanOrEqual(kills);
      expect(takeover.resumed.every(Boolean)).toBe(true);
    });
  });

  describe('a store in Redis', () => {
    let redis: RedisProcess;
    let client: Awaited<ReturnType<typeof connectRedis>>;
    beforeAll(async () => {
      redis = await startRedis(redisServer);
      client = await connectRedis(redis.port);
    });
    afterAll(async () => {
      await client.close();
      await redis.stop();
    });
    const store = () => redisStore((args) => client.sendCommand(args), { prefix: 'test' });

    test('gives back what was written, in order, text and bytes alike', async () => {
      const stored = await store().create('a', 'ann', 10_000);
      const text = 'é😀\u0000t';
      await stored.write({
        add: [
          [1, text],
          [2, Uint8Array.of(0, 255)],
          [10, ''],
          [9, new Uint8Array(0)],
        ],
      });
      await stored.write({ first: 2, received: 7, remove: [1] });
      expect((await store().open('a', 'ann', 10_000))?.saved).toEqual({
        session: 'a',
        first: 2,
        received: 7,
        messages: [
          [2, Uint8Array.of(0, 255)],
          [9, new Uint8Array(0)],
          [10, ''],
        ],
      });
    });

    test('takes 20,000 changes at once', async () => {
      const stored = await store().create('many', '', 10_000);
      await stored.write({ add: Array.from({ length: 20_000 }, (_, index) => [index + 1, `m${index}`] as const) });
      await stored.write({ remove: Array.from({ length: 19_999 }, (_, index) => index + 1) });
      expect((await store().open('many', '', 10_000))?.saved.messages).toEqual([[20_000, 'm19999']]);
    });

    test('knows no session that there is not, that was removed, or that is of another owner', async () => {
      const stored = await store().create('b', 'ann', 10_000);
      expect(await store().open('nobody', 'ann', 10_000)).toBeUndefined();
      expect(await store().open('b', 'eve', 10_000)).toBeUndefined();
      await stored.remove();
      expect(await store().open('b', 'ann', 10_000)).toBeUndefined();
    });

    test('lets who has lost a session neither write to it, nor keep it, nor remove it', async () => {
      const before = await store().create('c', '', 10_000);
      const now = await store().open('c', '', 10_000);
      await expect(before.write({ received: 5 })).rejects.toMatchObject({ code: 'session-taken' });
      await expect(before.keep(1)).rejects.toMatchObject({ code: 'session-taken' });
      await before.remove();
      await now?.stored.write({ received: 6 });
      expect((await store().open('c', '', 10_000))?.saved.received).toBe(6);
    });

    test('keeps a session as long as it is told, and its messages with it', async () => {
      const stored = await store().create('d', '', 60_000);
      await stored.write({ add: [[1, 'a']] });
      await stored.keep(20_000);
      const left = await Promise.all(['test:{d}', 'test:{d}:messages'].map((key) => client.pTTL(key)));
      for (const ms of left) expect(ms > 10_000 && ms <= 20_000).toBe(true);
      await stored.keep(1);
      await expect.poll(() => client.exists('test:{d}')).toBe(0);
      await expect(stored.write({ received: 1 })).rejects.toMatchObject({ code: 'session-taken' });
    });
  });
}
