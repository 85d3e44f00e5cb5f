import { afterEach, describe, expect, test } from 'vitest';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import type { FeedMessage } from '../../docs/systems/feed/feed.ts';
import type { WireCount } from '../../docs/systems/feed/wire-counts.ts';
import { DemoMember } from '../demo/demo-member.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Answer {
  readonly messages: readonly FeedMessage[];
  readonly last: number;
}

describe.each(['holdfast', 'ws'] as const)('the feed on %s', (engine) => {
  async function start() {
    const server = await startDemoServer(0, { engine });
    ends.push(() => server.stop());
    const host = `127.0.0.1:${server.port}`;
    const get = async <T = Answer>(rest: string) => (await (await fetch(`http://${host}/feed/${rest}`)).json()) as T;
    return { host, get };
  }

  test('gives all three ways the same numbers, without a gap', async () => {
    const { host, get } = await start();
    const member = await DemoMember.open(`ws://${host}/feed?rate=100&reader=w`);
    const pushed = async () => (JSON.parse((await member.next()).data.toString()) as FeedMessage).number;
    const first = await pushed();
    let { last, messages } = await get(`long-poll?rate=100&reader=l&after=${first}`);
    const asked = messages.map(({ number }) => number);
    while (asked.length < 20) {
      ({ last, messages } = await get(`long-poll?rate=100&reader=l&after=${last}`));
      asked.push(...messages.map(({ number }) => number));
    }
    const numbers = Array.from(asked, (_, index) => first + 1 + index);
    expect(asked).toEqual(numbers);
    expect(
      (await get(`poll?rate=100&reader=p&after=${first}`)).messages.map(({ number }) => number).slice(0, 20),
    ).toEqual(numbers.slice(0, 20));
    const heard: number[] = [];
    while (heard.length < 20) heard.push(await pushed());
    expect(heard).toEqual(numbers.slice(0, 20));
  });

  test('counts the requests, and the bytes with their heads and frames', async () => {
    const { host, get } = await start();
    const member = await DemoMember.open(`ws://${host}/feed?rate=100&reader=w`);
    const { data } = await member.next();
    await get('poll?rate=100&reader=p');
    await get('poll?rate=100&reader=p&after=0');
    const counts = async () => get<(WireCount | null)[]>('counts?rate=1&readers=p,w,nobody');
    let [polled, pushed, nobody] = await counts();
    // An answer is counted when it has gone.
    while (polled?.requests !== 2) [polled, pushed, nobody] = await counts();
    expect(polled.receivedBytes).toBeGreaterThan(2 * 'GET /feed/poll?rate=100&reader=p HTTP/1.1\r\n\r\n'.length);
    expect(pushed).toMatchObject({ requests: 1 });
    expect(pushed?.sentBytes).toBeGreaterThan(data.length + 2);
    expect(nobody).toBeNull();
  });

  test('a reader that is new begins with what comes', async () => {
    const { get } = await start();
    expect((await get('poll?rate=1')).messages).toEqual([]);
  });

  test('refuses a rate that there is not', async () => {
    const { host } = await start();
    expect((await fetch(`http://${host}/feed/poll?rate=7`)).status).toBe(400);
    expect((await new DemoMember(`ws://${host}/feed?rate=7`).closed).code).toBe(1008);
  });

  test('a page of another machine may not read it', async () => {
    const { host } = await start();
    const allowed = async (Origin: string) =>
      (await fetch(`http://${host}/feed/poll?rate=1`, { headers: { Origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await allowed('https://example.org')).toBeNull();
  });
});
