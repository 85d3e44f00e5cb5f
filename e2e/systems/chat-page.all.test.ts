import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { findRedis, startRedis } from '../faults/delivery/redis-process.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { gorilla, startGorillaChat } from '../peers/gorilla.ts';
import { python, startPythonChat } from '../peers/python.ts';
import { Child } from '../server/crowd/child.ts';
import { engines } from '../site/engines.ts';
import { ChatTab } from './chat/chat-tab.ts';

const attack = `<img src=x onerror="document.title='owned'">"><hf-attack></hf-attack>{{constructor}}`;
const demoServer = new URL('../../docs/demo-server/main.ts', import.meta.url);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
beforeAll(async () => void (await buildSite()));

/** The site beside demo servers; answers the address of the page. */
async function serve(ports: Parameters<typeof serveSite>[1]): Promise<string> {
  const site = await serveSite(0, ports);
  ends.push(() => site.stop());
  return `http://localhost:${site.port}/systems/chat`;
}

/** A demo server in this process, as the rows below need one. */
async function demo(engine: 'holdfast' | 'ws'): Promise<{ url: string; stop(): Promise<void> }> {
  const { port, stop } = await startDemoServer(0, { engine });
  return { url: `ws://localhost:${port}`, stop };
}

const missingOf = async (peer: ReturnType<typeof gorilla>) => {
  const presence = await peer.find();
  return 'missing' in presence ? presence.missing : undefined;
};

const rooms = [
  { name: 'our server with delivery', missing: undefined, start: () => demo('holdfast'), delivery: true },
  { name: 'our server without', missing: undefined, start: () => demo('holdfast'), delivery: false },
  { name: 'ws', missing: undefined, start: () => demo('ws'), delivery: false },
  { name: 'gorilla', missing: await missingOf(gorilla('server')), start: startGorillaChat, delivery: false },
  { name: 'python', missing: await missingOf(python('server')), start: startPythonChat, delivery: false },
];

describe.each(engines)('the chat page in $engine', ({ launch }) => {
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  for (const room of rooms) testTalk(room);
  testKill(findRedis());

  function testTalk({ name, missing, start, delivery }: (typeof rooms)[number]): void {
    if (missing !== undefined) return testMissing(name, missing);
    test(`talks to ${name}, as it is`, () => talk(start, delivery));
  }

  function testKill(redisServer: string | undefined): void {
    const name = 'a process is killed while messages fly: nobody misses or doubles one';
    if (redisServer === undefined) return testMissing(name, 'There is no redis-server on this machine.');
    test(name, { timeout: 120_000 }, () => killOne(redisServer));
  }

  async function talk(start: (typeof rooms)[number]['start'], delivery: boolean): Promise<void> {
    const server = await start();
    ends.push(() => server.stop());
    // No demo server stands beside the page: all it knows is the URL.
    const address = await serve(() => ({ port: 0, linePort: 0 }));
    const room = `${server.url}/chat`;
    const ada = await ChatTab.open(context, `${address}?server=${encodeURIComponent(room)}`);
    expect(await ada.part('chat-url').inputValue()).toBe(room);
    expect(await ada.part('chat-messages').count()).toBe(0);
    await ada.join('Ada', { delivery });
    await ada.isAmong('Ada');
    expect(await ada.part('chat-at').textContent()).toBe(new URL(room).host);
    await ada.say(attack);
    await ada.hasDelivered(1);

    const [page] = await Promise.all([context.waitForEvent('page'), ada.part('chat-tab').click()]);
    const bob = new ChatTab(page);
    await bob.part('chat-join').waitFor();
    await bob.join('Bob', { delivery });
    await bob.hears(attack);
    await ada.notices('Bob joined');
    await ada.isAmong('Ada', 'Bob');
    await bob.say('hello, 界 🎈');
    await ada.hears('hello, 界 🎈');
    await bob.hasDelivered(1);
    for (const tab of [ada, bob]) {
      expect(await tab.page.locator('.hf-card img, hf-attack').count()).toBe(0);
      expect(await tab.page.title()).not.toBe('owned');
    }
    await bob.page.close();
    await ada.notices('Bob left');
    await ada.isAmong('Ada');
    await ada.part('chat-leave').click();
    await ada.part('chat-end').waitFor();
    expect([...ada.errors, ...bob.errors]).toEqual([]);
  }

  test('asks no demo server on ws for delivery', async () => {
    const { port, linePort, stop } = await startDemoServer(0, { engine: 'ws' });
    ends.push(stop);
    const ada = await ChatTab.open(context, await serve(() => ({ port, linePort, delivers: false })));
    expect(await ada.part('chat-delivery').isDisabled()).toBe(true);
    await ada.join('Ada');
    await ada.say('hello');
    await ada.hasDelivered(1);
    expect(ada.errors).toEqual([]);
  });

  test('dials nothing but a WebSocket', async () => {
    const address = await serve(() => ({ port: 0, linePort: 0 }));
    for (const server of ['https://localhost/chat', 'javascript:alert(1)', 'localhost:1/chat', attack]) {
      const tab = await ChatTab.open(context, `${address}?server=${encodeURIComponent(server)}`);
      await tab.part('chat-join').click();
      await tab.page.getByRole('alert').getByText('begins with ws:// or wss://').waitFor();
      expect(await tab.page.locator('.hf-card img, hf-attack').count()).toBe(0);
      await tab.page.close();
    }
  });

  async function killOne(program: string): Promise<void> {
    const redis = await startRedis(program);
    ends.push(() => redis.stop());
    const processes = await Promise.all(
      [0, 1, 2].map(() => startDemoProcess('--redis', `redis://127.0.0.1:${redis.port}`)),
    );
    const [first, ...others] = processes.map(({ port }) => port);
    const address = await serve(() => ({ port: first as number, linePort: 1, others }));
    const names = ['Ada', 'Bob', 'Cyd'];
    const tabs: ChatTab[] = [];
    // Two tabs at the process that will be killed, and one at another.
    for (const [index, process] of [0, 0, 1].entries()) {
      const tab = await ChatTab.open(context, address);
      await tab.join(names[index] as string, { process });
      expect(await tab.part('chat-at').textContent()).toBe(`localhost:${processes[process]?.port}`);
      tabs.push(tab);
    }
    const [ada, bob, cyd] = tabs as [ChatTab, ChatTab, ChatTab];
    await ada.isAmong(...names);

    const each = 12;
    const talks = tabs.map(async (tab, index) => {
      for (let number = 1; number <= each; number++) await tab.say(`${names[index]} ${number}`);
    });
    await cyd.hears(`Bob ${each / 2}`);
    processes[0]?.child.kill();
    await Promise.all(talks);
    for (const tab of tabs) await tab.hasDelivered(each);
    // What is said last is heard last: whatever came twice has come by then.
    await cyd.say('the end');
    const expected = [
      ...names.flatMap((name) => Array.from({ length: each }, (_, at) => `${name} ${at + 1}`)),
      'the end',
    ];
    for (const tab of [ada, bob]) {
      await tab.hears('the end');
      expect((await tab.said()).sort()).toEqual(expected.toSorted());
      expect(await tab.part('chat-at').textContent()).toBe(`localhost:${processes[1]?.port}`);
      expect(await tab.part('state').textContent()).toBe('open');
    }
    await cyd.hasDelivered(each + 1);
    expect((await cyd.said()).sort()).toEqual(expected.toSorted());

    // To another process by itself: nobody has left or joined by that.
    await cyd.part('chat-next').click();
    await expect.poll(() => cyd.part('chat-at').textContent()).toBe(`localhost:${processes[2]?.port}`);
    const dan = await ChatTab.open(context, address);
    await dan.join('Dan', { process: 2 });
    await dan.hears('the end');
    expect((await dan.said()).sort()).toEqual(expected.toSorted());
    await dan.isAmong(...names, 'Dan');
    // By itself nobody has left; a tab that is closed has, also where its process was killed before.
    await bob.page.close();
    for (const tab of [ada, cyd, dan]) {
      await tab.notices('Bob left');
      await tab.isAmong('Ada', 'Cyd', 'Dan');
      expect(
        await tab
          .part('chat-messages')
          .getByText(/ left$/)
          .count(),
      ).toBe(1);
      expect(tab.errors).toEqual([]);
    }
  }
});

async function startDemoProcess(...args: string[]): Promise<{ child: Child<{ port?: number }>; port: number }> {
  const child = new Child<{ port?: number }>(demoServer, '--port', '0', ...args);
  ends.push(() => child.kill());
  return { child, port: await child.word(({ port }) => port) };
}
