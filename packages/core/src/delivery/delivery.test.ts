import { describe, expect, test } from 'vitest';
import type { ClientEvent } from '../events/client-event.ts';
import type { Message } from '../message.ts';
import type { Connector } from '../session/link.ts';
import { resolveOptions } from '../session/options.ts';
import { createClient } from '../session/session-client.ts';
import { type Bench, type BenchOptions, startClient } from '../session/session-client.test-helper.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { LinkPair, silentHandler } from '../testing/link-pair.ts';
import { deliver } from './deliver.ts';
import { delivery } from './delivery.ts';
import { MemorySessions } from './memory-sessions.test-helper.ts';
import type { DeliveryOptions } from './options.ts';
import type { DeliveryStore, SavedSession, StoreChanges } from './store.ts';

interface DeliveryBench extends Bench {
  readonly sessions: MemorySessions;
  of<T extends ClientEvent['type']>(type: T): Extract<ClientEvent, { type: T }>[];
}

function start({
  delivery: own,
  ...options
}: Omit<BenchOptions, 'delivery'> & { delivery?: DeliveryOptions } = {}): DeliveryBench {
  const bench = startClient({ heartbeat: false, ...options, delivery: delivery(own) });
  const of = <T extends ClientEvent['type']>(type: T) =>
    bench.events.filter((event) => event.type === type) as Extract<ClientEvent, { type: T }>[];
  return { ...bench, of, sessions: new MemorySessions(bench.server, bench.clock) };
}

async function open(options?: Parameters<typeof start>[0]): Promise<DeliveryBench> {
  const bench = start(options);
  await bench.clock.settle();
  return bench;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

const sendAll = (bench: DeliveryBench, from: number, to: number) => {
  for (const message of range(from, to)) bench.client.send(message);
};

describe('a client with delivery', () => {
  test('offers the sub-protocol, greets, and is open when the server has greeted back', async () => {
    const bench = start();
    bench.client.send('early');
    await bench.clock.settle();
    expect(bench.server.latest.dial.protocols).toEqual(['holdfast.delivery.v1']);
    expect(bench.types()).toEqual(['connecting', 'open']);
    expect(bench.of('open')[0]).toMatchObject({ resumed: false, protocol: 'holdfast.delivery.v1' });
    expect(bench.sessions.packets.slice(0, 2)).toEqual(['hello {"received":0,"first":1}', '1:early']);
  });

  test('offers the sub-protocols of the app behind its own, and shows the one that was agreed', async () => {
    const { client, server } = await open({ protocols: ['chat', 'log'] });
    expect(server.latest.dial.protocols).toEqual(['holdfast.delivery.v1+chat', 'holdfast.delivery.v1+log']);
    expect(client.protocol).toBe('chat');
  });

  test('is not open on a link with another sub-protocol', async () => {
    const clock = new FakeClock();
    const dial: Connector = (_url, _protocols, handler) => {
      const { client: link } = new LinkPair(handler, silentHandler, 'chat');
      void Promise.resolve().then(() => handler.onOpen(link));
      return () => {};
    };
    const options = resolveOptions<Message, string>({ delivery: delivery(), reconnect: false });
    const client = createClient('ws://test/', options, dial, { now: clock.now, after: clock.after, random: () => 0 });
    const closed = client.once('closed');
    await clock.settle();
    expect(await closed).toMatchObject({ error: { code: 'handshake-protocol' } });
  });

  test('delivers what a broken line has not, once and in order, over the next', async () => {
    const bench = await open();
    sendAll(bench, 1, 3);
    await bench.clock.settle();
    bench.server.latest.stall();
    sendAll(bench, 4, 10);
    bench.server.latest.cut();
    expect(bench.of('disconnected')[0]?.uncertain.messages).toBeGreaterThanOrEqual(7);
    await bench.clock.advance(1_000);
    expect(bench.sessions.last.received).toEqual(range(1, 10));
    expect(bench.of('open').map(({ resumed }) => resumed)).toEqual([false, true]);
    expect(bench.of('dropped')).toEqual([]);
  });

  test('takes each message of the server once and in order across lines', async () => {
    const bench = await open();
    const { end } = bench.sessions.last;
    for (const message of range(1, 3)) end.send(message, undefined);
    await bench.clock.settle();
    bench.server.latest.stall();
    for (const message of range(4, 6)) end.send(message, undefined);
    bench.server.latest.cut();
    for (const message of range(7, 9)) end.send(message, undefined);
    await bench.clock.advance(1_000);
    bench.server.latest.duplicateNext('server');
    for (const message of range(10, 12)) end.send(message, undefined);
    await bench.clock.advance(100);
    expect(bench.of('message').map(({ data }) => data)).toEqual(range(1, 12));
    expect(end.uncertain.messages).toBe(0);
  });

  test('carries text and bytes of any kind', async () => {
    const bench = await open();
    const messages = [
      '',
      '5:5',
      'ack 1',
      '\uFEFFé😀',
      new Uint8Array(0),
      Uint8Array.of(0, 58, 49, 255),
      new Uint8Array(70_000),
    ];
    for (const message of messages) bench.client.send(message);
    await bench.clock.settle();
    expect(bench.sessions.last.received).toEqual(messages);
  });

  test('tells every message that is lost with a session that the server has forgotten, and sends those after it', async () => {
    const bench = await open();
    bench.server.latest.stall();
    sendAll(bench, 1, 3);
    const receipts: unknown[] = [];
    bench.client.send('m4', { receipt: (cause) => receipts.push(cause) });
    bench.server.latest.cut();
    bench.sessions.all.clear();
    bench.client.send('m5');
    await bench.clock.advance(1_000);
    expect(bench.of('open').map(({ resumed }) => resumed)).toEqual([false, false]);
    expect(bench.of('dropped').map(({ message, cause }) => [message, cause])).toEqual(
      range(1, 4).map((message) => [message, 'unacknowledged']),
    );
    expect(receipts).toEqual(['unacknowledged']);
    expect(bench.sessions.last.received).toEqual(['m5']);
  });

  test('begins a session after the server has ended one', async () => {
    const bench = await open();
    bench.server.latest.stall();
    bench.client.send('a');
    bench.server.latest.unstall();
    bench.server.latest.send('bye');
    bench.server.latest.close(1001);
    await bench.clock.advance(1_000);
    expect(bench.sessions.packets.filter((packet) => packet.startsWith('hello'))).toEqual([
      'hello {"received":0,"first":1}',
      'hello {"received":0,"first":1}',
    ]);
  });

  test('takes nothing behind the end of a session for the next one', async () => {
    const bench = await open();
    bench.server.latest.send('bye');
    bench.server.latest.send('1:of nobody');
    bench.server.latest.close(1001);
    await bench.clock.advance(1_000);
    bench.sessions.last.end.send('a', undefined);
    await bench.clock.advance(100);
    expect(bench.sessions.packets.filter((packet) => packet.startsWith('hello'))[1]).toBe(
      'hello {"received":0,"first":1}',
    );
    expect(bench.of('message').map(({ data }) => data)).toEqual(['a']);
  });

  test('leaves a server that ends the session and does not close', async () => {
    const bench = await open();
    bench.server.latest.send('bye');
    await bench.clock.advance(5_000);
    expect(bench.of('disconnected')[0]).toMatchObject({ error: { code: 'close-timeout' }, willReconnect: true });
    await bench.clock.advance(1_000);
    expect(bench.sessions.packets.at(-1)).toBe('hello {"received":0,"first":1}');
  });

  test('begins a session where the server stands where it cannot be, and tells what went with the old one', async () => {
    const bench = await open();
    bench.server.latest.stall();
    sendAll(bench, 1, 2);
    bench.server.latest.cut();
    const { onConnection } = bench.server;
    bench.server.onConnection = (connection) => {
      connection.send('welcome {"session":"session-1","received":7,"first":1}');
      bench.server.onConnection = onConnection;
    };
    await bench.clock.advance(10_000);
    expect(bench.of('disconnected')[1]).toMatchObject({ error: { code: 'acknowledged-unsent' } });
    expect(bench.of('dropped').map(({ message }) => message)).toEqual(range(1, 2));
    expect(bench.of('open').map(({ resumed }) => resumed)).toEqual([false, false]);
  });

  test('lets no more be on its way than its window, and goes on as that is acknowledged', async () => {
    const bench = await open({ delivery: { window: { maxMessages: 4 } } });
    bench.server.latest.stall();
    const answers = range(1, 6).map((message) => bench.client.send(message));
    expect(answers).toEqual(['sent', 'sent', 'sent', 'sent', 'queued', 'queued']);
    expect(bench.client.bufferedBytes).toBe('1:m1'.length * 4 + 'm5m6'.length);
    bench.server.latest.unstall();
    await bench.clock.advance(100);
    expect(bench.sessions.last.received).toEqual(range(1, 6));
    expect(bench.client.bufferedBytes).toBe(0);
  });

  test('closes when all is acknowledged, and ends the session', async () => {
    const bench = await open({ delivery: { window: { maxMessages: 2 } } });
    const session = bench.sessions.last;
    bench.server.latest.slow({ delayMs: 50 });
    sendAll(bench, 1, 5);
    const closed = bench.client.close(3000, 'done');
    await bench.clock.advance(2_000);
    expect(await closed).toMatchObject({ code: 3000, wasClean: true });
    expect(session).toMatchObject({ received: range(1, 5), hasEnded: true });
    expect(bench.of('dropped')).toEqual([]);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  test('tells what was not acknowledged when closing takes too long', async () => {
    const bench = await open();
    bench.server.latest.stall();
    sendAll(bench, 1, 2);
    void bench.client.close();
    await bench.clock.advance(6_000);
    expect(bench.types().slice(-3)).toEqual(['dropped', 'dropped', 'closed']);
    expect(bench.of('closed')[0]).toMatchObject({ error: { code: 'close-timeout' } });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  test('finds a dead line by a question of its own where the platform has none', async () => {
    const bench = await open({ canPing: false, heartbeat: { intervalMs: 1_000, timeoutMs: 500 } });
    await bench.clock.advance(1_000);
    expect(bench.sessions.packets.at(-1)).toBe('ping');
    expect(bench.of('latency')).toHaveLength(1);
    bench.server.latest.stall();
    await bench.clock.advance(1_600);
    expect(bench.of('disconnected')[0]).toMatchObject({ error: { code: 'heartbeat-timeout' } });
  });

  test.each([
    ['a number that is none', 'x1:a', 'packet-malformed'],
    ['a number with a sign', '-1:a', 'packet-malformed'],
    ['a number 0', '0:a', 'packet-malformed'],
    ['a number with a zero before it', '01:a', 'packet-malformed'],
    ['a number beyond 2^53', '99999999999999999:a', 'packet-malformed'],
    ['an acknowledgement with a zero before it', 'ack 01', 'packet-malformed'],
    ['bytes with a zero before the number', Uint8Array.of(0x30, 0x31, 0x3a), 'packet-malformed'],
    ['bytes with a colon and no number', Uint8Array.of(0x3a), 'packet-malformed'],
    ['the highest number, too early', '9007199254740991:a', 'message-missing'],
    ['a number without an end', '12', 'packet-malformed'],
    ['bytes without a number', Uint8Array.of(1, 2), 'packet-malformed'],
    ['no bytes', new Uint8Array(0), 'packet-malformed'],
    ['no text', '', 'packet-malformed'],
    ['a word that there is not', 'hallo', 'packet-malformed'],
    ['an acknowledgement of nothing', 'ack ', 'packet-malformed'],
    ['a welcome that is no JSON', 'welcome {', 'packet-malformed'],
    ['a second welcome', 'welcome {"session":"a","received":0,"first":1}', 'packet-unexpected'],
    ['a number too high', '2:a', 'message-missing'],
    ['an acknowledgement of what was not sent', 'ack 1', 'acknowledged-unsent'],
  ] as const)('leaves a server that says %s, and comes back', async (_, packet, code) => {
    const bench = await open();
    bench.server.latest.send(packet);
    await bench.clock.settle();
    expect(bench.of('disconnected')[0]).toMatchObject({ error: { code }, willReconnect: true });
    await bench.clock.advance(1_000);
    expect(bench.of('open')[1]).toMatchObject({ resumed: true });
  });

  test('leaves a server that keeps less of the session than was acknowledged', async () => {
    const bench = await open();
    const { end } = bench.sessions.last;
    bench.server.latest.stall();
    end.send('a', undefined);
    bench.server.latest.cut();
    end.restore({ received: 0, first: 2 }, []);
    await bench.clock.advance(1_000);
    expect(bench.of('disconnected')[1]).toMatchObject({ error: { code: 'message-missing' } });
  });

  test.each([
    ['data', '1:a', 'packet-unexpected'],
    ['a welcome without a session', 'welcome {"received":0,"first":1}', 'packet-unexpected'],
    [
      'a welcome to a new session that has messages',
      'welcome {"session":"a","received":3,"first":1}',
      'packet-unexpected',
    ],
    ['a session name that is none', 'welcome {"session":"a b","received":0,"first":1}', 'packet-malformed'],
    ['a position that is none', 'welcome {"session":"a","received":0.5,"first":1}', 'packet-malformed'],
    ['null', 'welcome null', 'packet-malformed'],
  ])('does not open where %s stands in place of the welcome', async (_, packet, code) => {
    const bench = start({ reconnect: false });
    bench.server.onConnection = (connection) => connection.send(packet);
    await bench.clock.settle();
    expect(bench.types()).toEqual(['connecting', 'disconnected', 'closed']);
    expect(bench.of('closed')[0]).toMatchObject({ error: { code } });
  });

  test.each([
    [{ windw: {} }, 'unknown-option'],
    [{ window: { maxMessages: 0 } }, 'invalid-option'],
    [{ window: false }, 'invalid-option'],
    [{ ackDelayMs: -1 }, 'invalid-option'],
    [{ store: {} }, 'invalid-option'],
  ])('refuses the options %j with %s', (options, code) => {
    expect(() => delivery(options as DeliveryOptions)).toThrow(expect.objectContaining({ code }));
  });

  test('is asked for by `delivery()` and not by `true`', () => {
    expect(() => startClient({ delivery: true as never })).toThrow(
      /invalid-option: delivery true, allowed: delivery\(\)/,
    );
  });
});

describe('deliver', () => {
  test('resolves when the peer has acknowledged, also across a broken line', async () => {
    const bench = await open();
    await deliver(bench.client, 'm1');
    bench.server.latest.stall();
    const second = deliver(bench.client, 'm2');
    bench.server.latest.cut();
    const third = deliver(bench.client, 'm3');
    await bench.clock.advance(1_000);
    await Promise.all([second, third]);
    expect(bench.sessions.last.received).toEqual(range(1, 3));
  });

  test('rejects with why the message was given up', async () => {
    const bench = await open();
    bench.server.latest.cut();
    const expired = deliver(bench.client, 'a', { ttlMs: 10 });
    const closed = deliver(bench.client, 'b');
    const outcomes = Promise.allSettled([expired, closed]);
    await bench.clock.advance(20);
    await bench.client.close();
    expect((await outcomes).map((outcome) => (outcome as PromiseRejectedResult).reason.message)).toEqual([
      'not-delivered: expired',
      'not-delivered: closed',
    ]);
  });

  test('rejects at once where the client has no delivery', async () => {
    const { client } = startClient();
    await expect(deliver(client, 'a')).rejects.toMatchObject({ code: 'invalid-option' });
  });
});

/** A store in memory that outlives its client, as a page's or a process's does. */
class MemoryStore implements DeliveryStore {
  saved: SavedSession | undefined;
  failing = false;
  writes = 0;

  async open() {
    if (this.failing) throw new Error('no disk');
    return this.saved;
  }

  async write({ session, first, received, add = [], remove = [] }: StoreChanges) {
    this.writes += 1;
    if (this.failing) throw new Error('disk full');
    const before = this.saved ?? { session: '', first: 1, received: 0, messages: [] };
    this.saved = {
      session: session ?? before.session,
      first: first ?? before.first,
      received: received ?? before.received,
      messages: [...before.messages.filter(([id]) => !remove.includes(id)), ...add],
    };
  }

  async clear() {
    this.saved = undefined;
  }

  close() {}

  /** The same notes for the next client. */
  reopened(): MemoryStore {
    return Object.assign(new MemoryStore(), { saved: this.saved });
  }
}

describe('a client with a store', () => {
  /** A page is gone: its line breaks, and its client says nothing more. */
  const leave = async (bench: DeliveryBench) => {
    await bench.clock.settle();
    bench.server.mode = 'ignore';
    bench.server.latest.cut();
  };

  /** A new page over the server of another. */
  const comeBack = async (before: DeliveryBench, store: DeliveryStore) => {
    const bench = start({ delivery: { store }, url: 'ws://test/' });
    bench.server.onConnection = before.server.onConnection;
    await bench.clock.settle();
    await bench.clock.advance(100);
    return { ...bench, sessions: before.sessions };
  };

  test('goes on with the session after a reload: what waited, what was not acknowledged, what was not received', async () => {
    const store = new MemoryStore();
    const page = await open({ delivery: { store } });
    sendAll(page, 1, 2);
    page.sessions.last.end.send('s1', undefined);
    await page.clock.advance(100);
    page.server.latest.stall();
    sendAll(page, 3, 4);
    page.sessions.last.end.send('s2', undefined);
    await page.clock.settle();
    await leave(page);
    sendAll(page, 5, 6);
    await page.clock.settle();

    const next = await comeBack(page, store.reopened());
    next.client.send('m7');
    await next.clock.advance(100);
    expect(page.sessions.last.received).toEqual(range(1, 7));
    expect(next.of('open')).toMatchObject([{ resumed: true }]);
    expect(next.of('message').map(({ data }) => data)).toEqual(['s2']);
  });

  test('sends what waited before the first session in that session, in order with what comes first after the reload', async () => {
    const store = new MemoryStore();
    const page = start({ delivery: { store } });
    page.server.mode = 'refuse';
    sendAll(page, 1, 3);
    await page.clock.settle();

    const next = start({ delivery: { store: store.reopened() } });
    next.client.send('m4');
    await next.clock.advance(100);
    expect(next.sessions.last.received).toEqual(range(1, 4));
    expect(next.of('dropped')).toEqual([]);
  });

  test('tells what is lost when the server has forgotten the session of the page before', async () => {
    const store = new MemoryStore();
    const page = await open({ delivery: { store } });
    page.server.latest.stall();
    sendAll(page, 1, 2);
    await leave(page);
    page.sessions.all.clear();
    const next = await comeBack(page, store.reopened());
    expect(next.of('open')).toMatchObject([{ resumed: false }]);
    expect(next.of('dropped').map(({ message, cause }) => [message, cause])).toEqual([
      ['m1', 'unacknowledged'],
      ['m2', 'unacknowledged'],
    ]);
  });

  test('keeps nothing of what was acknowledged or given up, and nothing at all once it is closed', async () => {
    const store = new MemoryStore();
    const bench = await open({ delivery: { store } });
    sendAll(bench, 1, 3);
    await bench.clock.advance(100);
    expect(store.saved).toMatchObject({ session: 'session-1', first: 4, messages: [] });
    bench.server.mode = 'refuse';
    bench.server.latest.cut();
    bench.client.send('a', { ttlMs: 10 });
    bench.client.send('b', { key: 'k' });
    bench.client.send('c', { key: 'k' });
    await bench.clock.advance(100);
    expect(store.saved?.messages.map(([, message]) => message)).toEqual(['c']);
    await bench.client.close();
    await bench.clock.settle();
    expect(store.saved).toBeUndefined();
  });

  test('tells a store that fails once, tries it again, and goes on meanwhile', async () => {
    const store = new MemoryStore();
    const bench = await open({ delivery: { store } });
    store.failing = true;
    sendAll(bench, 1, 2);
    await bench.clock.advance(1_000);
    expect(bench.sessions.last.received).toEqual(range(1, 2));
    expect(bench.of('error')).toMatchObject([{ error: { code: 'store-failed', message: 'store-failed: disk full' } }]);
    bench.server.latest.stall();
    bench.client.send('m3');
    store.failing = false;
    await bench.clock.advance(5_000);
    expect(store.saved?.messages.map(([, message]) => message)).toEqual(['m3']);
  });

  test('does not dial before it knows what was saved, and tries again', async () => {
    const store = new MemoryStore();
    store.failing = true;
    const bench = await open({ delivery: { store } });
    expect(bench.server.dials).toEqual([]);
    expect(bench.of('disconnected')[0]).toMatchObject({ error: { code: 'store-failed' }, willReconnect: true });
    store.failing = false;
    await bench.clock.advance(1_000);
    expect(bench.of('open')).toHaveLength(1);
  });

  test('does not dial again with a session that its store says is no longer its own', async () => {
    const store = Object.assign(new MemoryStore(), { confirm: async () => {} });
    const bench = await open({ delivery: { store } });
    store.confirm = () => Promise.reject(new Error('another page has it'));
    bench.server.latest.cut();
    await bench.clock.advance(60_000);
    expect(bench.server.dials).toHaveLength(1);
    expect(bench.of('disconnected').at(-1)).toMatchObject({
      error: { message: 'store-failed: another page has it' },
      willReconnect: true,
    });
  });

  test('does not go on over a link that was given up while the session was being saved', async () => {
    const store = new MemoryStore();
    let save = () => {};
    const write = store.write.bind(store);
    store.write = async (changes) => {
      await new Promise<void>((resolve) => {
        save = resolve;
      });
      await write(changes);
    };
    const bench = await open({ delivery: { store } });
    expect(bench.of('open')).toEqual([]);
    // Longer than a dial may take, and what it waits for the next.
    await bench.clock.advance(17_000);
    save();
    await bench.clock.settle();
    bench.client.send('m1');
    await bench.clock.advance(100);
    expect(bench.of('open')).toMatchObject([{ resumed: true }]);
    expect(bench.sessions.last.received).toEqual(['m1']);
  });

  test('has its store for itself', async () => {
    const store = new MemoryStore();
    await open({ delivery: { store } });
    expect(() => start({ delivery: { store } })).toThrow(/delivery.store of another client/);
  });
});

test('a message of the app that changes later arrives as it was', async () => {
  const bench = await open();
  bench.server.latest.stall();
  const bytes = Uint8Array.of(1, 2, 3);
  bench.client.send(bytes);
  bytes.fill(9);
  bench.server.latest.unstall();
  await bench.clock.settle();
  expect(bench.sessions.last.received).toEqual([Uint8Array.of(1, 2, 3)]);
});
