import { describe, expect, test } from 'vitest';
import { abnormal } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import type { Message, Outgoing } from '../message.ts';
import type { LinkHandler } from './link.ts';
import { resolveOptions } from './options.ts';
import { createClient, sendDefaults } from './session-client.ts';
import { openClient, startClient } from './session-client.test-helper.ts';

/** The last event of a type, with its fields. */
const last = (events: readonly { type: string }[], type: string) =>
  events.filter((event) => event.type === type).at(-1);

describe('dialing', () => {
  test('begins after the turn of the caller, who misses no event', async () => {
    const { client, clock, types, server } = startClient();
    expect(client.state).toMatchObject({ name: 'connecting', attempt: 1 });
    expect(server.dials).toEqual([]);
    await clock.settle();
    expect(types()).toEqual(['connecting', 'open']);
    expect(client.url).toBe('ws://test/');
  });

  test('asks functions for url and protocols at each dial', async () => {
    let asked = 0;
    const { server, clock } = await openClient({
      url: () => `ws://test/?token=${++asked}`,
      protocols: async () => ['b', 'a'],
    });
    server.latest.pair.cut();
    await clock.advance(500);
    expect(server.dials).toEqual([
      { url: 'ws://test/?token=1', protocols: ['b', 'a'] },
      { url: 'ws://test/?token=2', protocols: ['b', 'a'] },
    ]);
  });

  test('tells the sub-protocol that was agreed', async () => {
    const { client, events } = await openClient({ protocols: ['chat'] });
    expect(last(events, 'open')).toMatchObject({ protocol: 'chat', url: 'ws://test/', attempt: 1, resumed: false });
    expect(client.protocol).toBe('chat');
  });

  test('comes back when the function for the URL fails, and ends when its answer is no URL', async () => {
    const answers = [() => Promise.reject(new Error('no token')), () => 'ftp://test/'];
    const { clock, events, types } = startClient({ url: () => answers.shift()?.() ?? '' });
    await clock.settle();
    expect(last(events, 'disconnected')).toMatchObject({ willReconnect: true, error: { code: 'dial-failed' } });
    await clock.advance(500);
    expect(last(events, 'closed')).toMatchObject({ error: { code: 'invalid-url' } });
    expect(types()).toEqual(['disconnected', 'waiting', 'disconnected', 'closed']);
  });

  test('tells a function that throws at once to who listens after connect', async () => {
    const { clock, types } = startClient({
      reconnect: false,
      url: () => {
        throw new Error('no token');
      },
    });
    await clock.settle();
    expect(types()).toEqual(['disconnected', 'closed']);
  });

  test('gives up a dial, and the functions before it, each at its own time limit', async () => {
    const limits = { connectTimeoutMs: 100, reconnect: false } as const;
    const short = { urlTimeoutMs: 100, reconnect: false } as const;
    const never = () => new Promise<string>(() => {});
    const silent = startClient(limits);
    silent.server.mode = 'ignore';
    for (const [{ clock, events }, code] of [
      [silent, 'connect-timeout'],
      [startClient({ ...limits, url: never }), 'connect-timeout'],
      [startClient({ ...short, url: never }), 'url-timeout'],
      [startClient({ ...short, protocols: never }), 'url-timeout'],
    ] as const) {
      await clock.advance(99);
      expect(last(events, 'closed')).toBeUndefined();
      await clock.advance(1);
      expect(last(events, 'closed')).toMatchObject({ code: 1006, wasClean: false, error: { code } });
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test('the time that the app took to answer is not taken from the dial', async () => {
    let answer = (_url: string) => {};
    const url = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    const { client, clock, server } = startClient({ url, urlTimeoutMs: 100, connectTimeoutMs: 100 });
    server.mode = 'ignore';
    await clock.advance(99);
    expect(client.state).toEqual({ name: 'connecting', attempt: 1 });
    answer('ws://test/late');
    await clock.advance(99);
    expect(client.state).toEqual({ name: 'connecting', attempt: 1, url: 'ws://test/late' });
    await clock.advance(1);
    expect(client.state.name).toBe('waiting');
  });

  test('tells shouldReconnect how often in a row we were refused, and whether it will be asked for more', async () => {
    const causes: unknown[] = [];
    const statuses = [401, 403, 503, 401];
    const clock = new FakeClock();
    const client = createClient(
      () => 'ws://test/',
      resolveOptions<Message, Outgoing>({
        reconnect: { shouldReconnect: ({ refusals, canRefresh }) => causes.push([refusals, canRefresh]) < 4 },
      }),
      (_url, _protocols, handler) => {
        const status = statuses.shift() as number;
        void Promise.resolve().then(() => handler.onEnd(abnormal(new HoldfastError('http-status', '', { status }))));
        return () => {};
      },
      { now: clock.now, after: clock.after, random: () => 0 },
    );
    await clock.advance(1e5);
    expect(causes).toEqual([
      [1, true],
      [2, true],
      [0, true],
      [1, true],
    ]);
    expect(client.state.name).toBe('closed');
  });
});

describe('what is wrong from the start', () => {
  test.each([
    [{ url: 'ftp://test/' }, 'invalid-url', 'ftp://test/'],
    [{ protocols: 'a b' }, 'invalid-protocol', 'a b'],
    [{ protocols: ['a', 'a'] }, 'invalid-protocol', 'a'],
    [{ outbox: { whenFull: 'drop' } }, 'invalid-option', 'drop'],
    [{ signal: 'stop' }, 'invalid-option', 'stop'],
  ])('%j throws %s at once, naming %s', (options, code, named) => {
    expect(() => startClient(options as unknown as Parameters<typeof startClient>[0])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) }),
    );
  });
});

describe('coming back', () => {
  test('waits longer after each failed dial, and never dials twice at once', async () => {
    const { server, clock, events } = startClient({
      random: 0.999999,
      reconnect: { minDelayMs: 100, maxDelayMs: 1000 },
    });
    server.mode = 'refuse';
    await clock.advance(10_000);
    const delays = events.flatMap((event) => (event.type === 'waiting' ? [Math.round(event.delayMs)] : []));
    expect(delays.slice(0, 6)).toEqual([200, 400, 800, 1000, 1000, 1000]);
    expect(server.dials.length).toBe(events.filter(({ type }) => type === 'connecting').length);
  });

  test('counts attempts on until a link has held for the stable time', async () => {
    const { server, clock, events } = await openClient({ reconnect: { minDelayMs: 10, stableAfterMs: 1000 } });
    const attempts = () => events.flatMap((event) => (event.type === 'connecting' ? [event.attempt] : []));
    server.latest.pair.cut();
    await clock.advance(10);
    await clock.advance(999);
    server.latest.pair.cut();
    await clock.advance(10);
    expect(attempts()).toEqual([1, 2, 3]);
    await clock.advance(1000);
    server.latest.pair.cut();
    await clock.advance(10);
    expect(attempts()).toEqual([1, 2, 3, 1]);
  });

  test('ends after the most attempts', async () => {
    const { server, clock, types } = startClient({ reconnect: { maxAttempts: 2 } });
    server.mode = 'refuse';
    await clock.advance(60_000);
    expect(types()).toEqual(['connecting', 'disconnected', 'waiting', 'connecting', 'disconnected', 'closed']);
  });

  test.each([
    [1000, false],
    [1001, true],
    [1002, false],
    [1008, false],
    [1011, true],
    [1012, true],
    [4321, true],
  ])('after a clean close with %i it comes back by default: %s', async (code, comesBack) => {
    const { server, clock, events } = await openClient();
    server.latest.link.close(code, 'because');
    await clock.settle();
    expect(last(events, 'disconnected')).toMatchObject({
      code,
      reason: 'because',
      wasClean: true,
      willReconnect: comesBack,
    });
  });

  test('shouldReconnect sees the cause and decides', async () => {
    const causes: unknown[] = [];
    const { server, clock, events } = await openClient({
      reconnect: { shouldReconnect: (cause) => causes.push(cause) < 2 },
    });
    server.latest.link.close(1000, 'enough');
    await clock.advance(500);
    server.latest.pair.cut();
    await clock.settle();
    expect(causes).toMatchObject([
      { code: 1000, reason: 'enough', wasClean: true, attempt: 1 },
      { code: 1006, wasClean: false, error: { code: 'connection-lost' }, attempt: 2 },
    ]);
    expect(last(events, 'closed')).toMatchObject({ code: 1006 });
  });

  test('a shouldReconnect that throws is told, and the client ends', async () => {
    const { server, clock, events, types } = await openClient({
      reconnect: {
        shouldReconnect: () => {
          throw new Error('oops');
        },
      },
    });
    server.latest.pair.cut();
    await clock.settle();
    const told = events.flatMap((event) => ('error' in event && event.error ? [event.error.code] : []));
    expect(told).toContain('listener-threw');
    expect(types().at(-1)).toBe('closed');
    expect(clock.pendingTimers).toBe(0);
  });

  test('reconnect() ends the wait, or drops an open link', async () => {
    const { client, server, clock, types } = await openClient();
    client.reconnect();
    await clock.settle();
    expect(types()).toEqual(['connecting', 'open', 'disconnected', 'connecting', 'open']);
    expect(server.connections[0]?.outcome).toMatchObject({ code: 1006 });
    server.latest.pair.cut();
    await clock.settle();
    expect(client.state.name).toBe('waiting');
    client.reconnect();
    await clock.settle();
    expect(client.state.name).toBe('open');
    expect(server.dials.length).toBe(3);
  });

  test('wake() ends the wait, and only asks on an open link', async () => {
    const { client, server, clock, types } = await openClient({ heartbeat: { intervalMs: 1e6 } });
    client.wake();
    await clock.settle();
    expect(types().at(-1)).toBe('latency');
    expect(server.dials.length).toBe(1);
    server.latest.pair.cut();
    await clock.settle();
    client.wake();
    await clock.settle();
    expect(client.state.name).toBe('open');
  });
});

describe('the heartbeat', () => {
  const heartbeat = { intervalMs: 1000, timeoutMs: 300 };

  test('asks at each interval, tells the round trip, and goes back to the interval', async () => {
    const { client, clock, events } = await openClient({ heartbeat });
    await clock.advance(3500);
    expect(events.filter(({ type }) => type === 'latency').length).toBe(3);
    expect(client.latencyMs).toBe(0);
  });

  test('drops a half-open line after interval and timeout', async () => {
    const { server, clock, events, types } = await openClient({ heartbeat });
    server.latest.pair.stall();
    await clock.advance(1299);
    expect(types().at(-1)).toBe('open');
    await clock.advance(1);
    expect(last(events, 'disconnected')).toMatchObject({ error: { code: 'heartbeat-timeout' }, willReconnect: true });
  });

  test('asks although messages keep coming, and takes each for life', async () => {
    const { client, server, clock, events } = await openClient({ heartbeat });
    // Pongs are lost; messages are not.
    server.latest.pair.client.ping = () => {};
    for (let i = 0; i < 20; i++) {
      server.latest.link.send('still here');
      await clock.advance(200);
    }
    expect(client.state.name).toBe('open');
    await clock.advance(600);
    expect(last(events, 'disconnected')).toMatchObject({ error: { code: 'heartbeat-timeout' } });
  });

  test('by a probe: the reply is not delivered, and neither end counts it as a message', async () => {
    const probe = { message: () => 'ping?', isReply: (message: unknown) => message === 'pong!' };
    const { server, clock, events, types } = await openClient({ canPing: false, heartbeat: { ...heartbeat, probe } });
    server.answer = (message) => (message === 'ping?' ? 'pong!' : undefined);
    await clock.advance(2000);
    expect(server.latest.received).toEqual(['ping?', 'ping?']);
    expect(types()).toEqual(['connecting', 'open', 'latency', 'latency']);
    server.latest.pair.stall();
    await clock.advance(1300);
    expect(last(events, 'disconnected')).toMatchObject({ uncertain: { messages: 0, bytes: 0 } });
  });

  test('a probe that throws is told and harms nothing', async () => {
    const probe = {
      message: 'ping?',
      isReply: () => {
        throw new Error('oops');
      },
    };
    const { server, clock, events } = await openClient({ canPing: false, heartbeat: { probe } });
    server.latest.link.send('hello');
    await clock.settle();
    expect(last(events, 'error')).toMatchObject({ error: { code: 'listener-threw' } });
    expect(last(events, 'message')).toMatchObject({ data: 'hello' });
  });

  test('asks nothing where the platform cannot, or where it is off', async () => {
    for (const options of [{ canPing: false }, { heartbeat: false as const }]) {
      const { server, clock, client } = await openClient(options);
      server.latest.pair.stall();
      await clock.advance(1e7);
      expect(client.state.name).toBe('open');
    }
  });

  test('takes silence for nothing while the reader has paused', async () => {
    let isPaused = true;
    const { server, clock, types } = await openClient({ heartbeat, isPaused: () => isPaused });
    server.latest.pair.stall();
    await clock.advance(10_000);
    expect(types()).toEqual(['connecting', 'open']);
    isPaused = false;
    await clock.advance(1300);
    expect(types()[2]).toBe('disconnected');
  });

  test('ping() is one round trip; it rejects without a link, on its loss, and where nobody can be asked', async () => {
    const { client, server, clock } = await openClient({ heartbeat: false });
    const answered = client.ping();
    await clock.settle();
    expect(await answered).toBe(0);
    server.latest.pair.stall();
    const lost = client.ping().catch((error: HoldfastError) => error.code);
    await clock.advance(10_000);
    expect(await lost).toBe('client-closed');
    await expect(client.ping()).rejects.toMatchObject({ code: 'connection-lost' });
    await expect((await openClient({ canPing: false })).client.ping()).rejects.toMatchObject({
      code: 'ping-unsupported',
    });
  });
});

describe('sending', () => {
  test('queues in order while down, as copies, and sends at open before what the listener of open sends', async () => {
    const { client, server, clock } = startClient();
    const bytes = Uint8Array.of(1, 2);
    client.on('open', () => client.send('from open'));
    expect(client.send('a')).toBe('queued');
    expect(client.send(bytes)).toBe('queued');
    expect(client.bufferedBytes).toBe(3);
    bytes.fill(9);
    await clock.settle();
    expect(server.latest.received).toEqual(['a', Uint8Array.of(1, 2), 'from open']);
    expect(client.send('b')).toBe('sent');
    expect(client.bufferedBytes).toBe(1);
    await clock.settle();
    expect(client.bufferedBytes).toBe(0);
  });

  test('an empty text that waits is sent too', async () => {
    const { client, server, clock } = startClient();
    client.send('');
    client.send('a');
    await clock.settle();
    expect(server.latest.received).toEqual(['', 'a']);
  });

  test('a link that is closing takes none: they wait for the next', async () => {
    const { client, server, clock } = await openClient();
    server.latest.pair.client.close(1001, '');
    expect(client.send('later')).toBe('queued');
    await clock.advance(500);
    expect(server.connections.map(({ received }) => received)).toEqual([[], ['later']]);
  });

  test('what is uncertain is counted since the last proof that the peer read', async () => {
    const { client, server, clock, events } = await openClient({ heartbeat: { intervalMs: 1000, timeoutMs: 100 } });
    client.send('proven');
    await clock.advance(1000);
    client.send('é');
    client.send(new Uint8Array(5));
    server.latest.pair.cut();
    await clock.settle();
    expect(last(events, 'disconnected')).toMatchObject({ uncertain: { messages: 2, bytes: 7 } });
    await clock.advance(500);
    server.latest.pair.cut();
    await clock.settle();
    expect(last(events, 'disconnected')).toMatchObject({ uncertain: { messages: 0, bytes: 0 } });
  });

  test('what a slow peer has not read waits, bounded, and goes out as it reads', async () => {
    const outbox = { maxMessages: 2, whenFull: 'throw' } as const;
    const { client, server, clock } = await openClient({ highWaterMark: 4, outbox, heartbeat: false });
    server.latest.pair.stall();
    expect(['12345', '6', '7'].map((message) => client.send(message))).toEqual(['sent', 'queued', 'queued']);
    expect(() => client.send('8')).toThrow(expect.objectContaining({ code: 'queue-full' }));
    expect(client.bufferedBytes).toBe(7);
    server.latest.pair.unstall();
    await clock.advance(100);
    expect(server.latest.received).toEqual(['12345', '6', '7']);
    expect([client.send('9'), client.bufferedBytes]).toEqual(['sent', 1]);
  });

  test('a message may say how long it waits, what it replaces, and what cancels it', async () => {
    const { client, server, clock, events } = startClient();
    const controller = new AbortController();
    client.send('old', { ttlMs: 100 });
    client.send('x1', { key: 'x' });
    client.send('x2', { key: 'x' });
    client.send('cancelled', { signal: controller.signal });
    client.send('too late', { signal: AbortSignal.abort() });
    controller.abort();
    server.mode = 'refuse';
    await clock.advance(100);
    expect(events.filter(({ type }) => type === 'dropped')).toMatchObject([
      { message: 'x1', cause: 'replaced' },
      { message: 'too late', cause: 'aborted' },
      { message: 'cancelled', cause: 'aborted' },
      { message: 'old', cause: 'expired' },
    ]);
    server.mode = 'accept';
    await clock.advance(500);
    expect(server.latest.received).toEqual(['x2']);
    expect(() => client.send('y', { ttl: 5 } as object)).toThrow(expect.objectContaining({ code: 'unknown-option' }));
    expect(() => client.send('y', { ttlMs: -1 })).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });

  test('what the platform knows of a message comes with it to the link, also where it had to wait', async () => {
    const clock = new FakeClock();
    const sent: unknown[] = [];
    const client = createClient(
      'ws://test/',
      resolveOptions<Message, Outgoing>({}),
      (_url, _protocols, handler) => {
        const link = { protocol: '', extensions: 'x-turn', readyState: 1, bufferedAmount: 0, close() {} };
        const send = (message: Outgoing, how?: object) => sent.push([message, how]);
        void Promise.resolve().then(() => handler.onOpen({ ...link, send }));
        return () => {};
      },
      { now: clock.now, after: clock.after, random: () => 0, sendDefaults: { ...sendDefaults, ...{ turn: true } } },
    );
    client.send('waits', { turn: false } as object);
    expect(client.extensions).toBe('');
    await clock.settle();
    client.send('goes');
    expect(client.extensions).toBe('x-turn');
    expect(sent).toMatchObject([
      ['waits', { turn: false }],
      ['goes', { turn: true }],
    ]);
    expect(() => client.send('x', { compress: false } as object)).toThrow(/unknown-option/);
    expect(() => client.send('x', { turn: 1 } as object)).toThrow(/invalid-option/);
  });

  test('drained() and drain tell when the buffer is below the mark', async () => {
    const { client, server, clock, types } = await openClient({ highWaterMark: 10 });
    await client.drained();
    server.latest.pair.stall();
    client.send('0123456789');
    let isDrained = false;
    const drained = client.drained().then(() => {
      isDrained = true;
    });
    await clock.advance(50);
    expect(isDrained).toBe(false);
    server.latest.pair.unstall();
    await clock.advance(50);
    await drained;
    expect(types().filter((type) => type === 'drain')).toEqual(['drain']);
  });

  test('after close() it throws, in every state that is left', async () => {
    const { client, server, clock } = await openClient();
    server.latest.pair.stall();
    const closed = client.close();
    expect(() => client.send('x')).toThrow(expect.objectContaining({ code: 'client-closed' }));
    await clock.advance(5000);
    await closed;
    expect(() => client.send('x')).toThrow(expect.objectContaining({ code: 'client-closed' }));
    await expect(client.drained()).rejects.toMatchObject({ code: 'client-closed' });
  });
});

describe('the end', () => {
  test('close() shakes hands, and answers the closed event each time', async () => {
    const { client, server, clock, types } = await openClient();
    const first = client.close(4000, 'bye');
    const second = client.close();
    await clock.settle();
    const event = { type: 'closed', code: 4000, reason: 'bye', wasClean: true };
    expect(await first).toMatchObject(event);
    expect(await second).toBe(await first);
    expect(await client.close()).toBe(await first);
    expect(server.latest.outcome).toMatchObject({ code: 4000, reason: 'bye' });
    expect(types()).toEqual(['connecting', 'open', 'disconnected', 'closed']);
  });

  test('asks nothing more once it is closing', async () => {
    const { client, server, clock, types } = await openClient();
    server.latest.pair.stall();
    const closed = client.close();
    client.wake();
    await expect(client.ping()).rejects.toMatchObject({ code: 'connection-lost' });
    await clock.advance(5000);
    await closed;
    expect(types()).not.toContain('latency');
  });

  test('leaves nothing on the signal, however soon it is closed', async () => {
    let listening = 0;
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: () => listening++,
      removeEventListener: () => listening--,
    };
    const { client, clock } = startClient({ signal });
    void client.close();
    await clock.settle();
    expect(listening).toBe(0);
  });

  test('close() has a time limit', async () => {
    const { client, server, clock, events } = await openClient({ closeTimeoutMs: 70 });
    server.latest.pair.stall();
    void client.close();
    await clock.advance(69);
    expect(client.state.name).toBe('closing');
    await clock.advance(1);
    expect(last(events, 'closed')).toMatchObject({ code: 1006, wasClean: false, error: { code: 'close-timeout' } });
  });

  test('close() while dialing, or waiting, ends at once where nothing could go out, and tells what is given up', async () => {
    for (const [mode, message] of [
      ['ignore', undefined],
      ['refuse', 'never'],
    ] as const) {
      const { client, server, clock, events, types } = startClient();
      server.mode = mode;
      await clock.settle();
      if (message !== undefined) client.send(message);
      void client.close(3000, 'changed my mind');
      if (message === undefined) expect(last(events, 'closed')).toMatchObject({ code: 3000, wasClean: true });
      else
        expect(events.slice(-2)).toMatchObject([
          { type: 'dropped', message: 'never', cause: 'closed' },
          { type: 'closed', code: 3000, reason: 'changed my mind' },
        ]);
      await clock.advance(1e6);
      expect(types().at(-1)).toBe('closed');
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test('close() lets what waits for a dial go out first', async () => {
    const { client, server, clock, events, types } = startClient();
    client.send('a');
    client.send('b');
    const closed = client.close(4000, 'done');
    expect(client.state).toEqual({ name: 'closing', code: 4000, reason: 'done' });
    expect(() => client.send('c')).toThrow(expect.objectContaining({ code: 'client-closed' }));
    await clock.settle();
    expect(await closed).toMatchObject({ code: 4000, reason: 'done', wasClean: true });
    expect(server.latest.received).toEqual(['a', 'b']);
    expect(types()).toEqual(['connecting', 'disconnected', 'closed']);
    expect(last(events, 'disconnected')).toMatchObject({ uncertain: { messages: 2, bytes: 2 } });
    expect(clock.pendingTimers).toBe(0);
  });

  test('close() gives up what waits when the dial fails, or takes too long', async () => {
    for (const [mode, outcome] of [
      ['refuse', { code: 4000, reason: 'done', wasClean: true }],
      ['ignore', { code: 1006, wasClean: false, error: { code: 'close-timeout' } }],
    ] as const) {
      const { client, server, clock, events, types } = startClient({ closeTimeoutMs: 300 });
      server.mode = mode;
      client.send('never');
      void client.close(4000, 'done');
      await clock.advance(300);
      expect(types().slice(-2)).toEqual(['dropped', 'closed']);
      expect(events.at(-2)).toMatchObject({ message: 'never', cause: 'closed' });
      expect(events.at(-1)).toMatchObject(outcome);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test('close() lets what waits behind a slow peer go out first, within its time limit', async () => {
    for (const isSlow of [true, false]) {
      const { client, server, clock, events } = await openClient({ highWaterMark: 1 });
      server.latest.pair.stall();
      expect([client.send('abc'), client.send('d'), client.send('e')]).toEqual(['sent', 'queued', 'queued']);
      void client.close(4000, 'done');
      await clock.advance(1000);
      if (isSlow) server.latest.pair.unstall();
      await clock.advance(5000);
      expect(server.latest.received).toEqual(isSlow ? ['abc', 'd', 'e'] : []);
      expect(last(events, 'closed')).toMatchObject({ wasClean: isSlow });
      expect(events.filter(({ type }) => type === 'dropped').length).toBe(isSlow ? 0 : 2);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test('who closes while disconnected is told hears nothing twice, and of the dial with its number', async () => {
    const { client, server, clock, events } = await openClient();
    client.send('handed over');
    server.latest.pair.stall();
    const closeAtOnce = () => {
      client.send('waits');
      void client.close();
    };
    client.on('disconnected', closeAtOnce, { once: true });
    client.reconnect();
    await clock.settle();
    expect(events.filter(({ type }) => type === 'disconnected')).toMatchObject([
      { uncertain: { messages: 1, bytes: 11 } },
      { uncertain: { messages: 1, bytes: 5 } },
    ]);
    expect(events.filter(({ type }) => type === 'connecting')).toMatchObject([{ attempt: 1 }, { attempt: 1 }]);
    expect(last(events, 'closed')).toMatchObject({ code: 1000, wasClean: true });
  });

  test('who closes while dropped is told leaves no timer behind', async () => {
    const { client, clock } = await openClient({ highWaterMark: 0 });
    client.on('dropped', () => void client.close());
    client.send('x', { signal: AbortSignal.abort() });
    await clock.settle();
    expect(client.state.name).toBe('closed');
    expect(clock.pendingTimers).toBe(0);
  });

  test('an aborted signal drops the link and ends the client, with the reason', async () => {
    const controller = new AbortController();
    const { server, clock, events } = await openClient({ signal: controller.signal });
    controller.abort('enough');
    await clock.settle();
    expect(last(events, 'closed')).toMatchObject({ code: 1006, error: { code: 'aborted', cause: 'enough' } });
    expect(server.latest.outcome).toMatchObject({ wasClean: false });
    expect(clock.pendingTimers).toBe(0);
  });

  test('a signal that was aborted before ends the client before it dials, and is told', async () => {
    const { server, clock, types } = startClient({ signal: AbortSignal.abort() });
    await clock.settle();
    expect(types().at(-1)).toBe('closed');
    expect(server.dials).toEqual([]);
  });

  test('closed comes last and once, whatever listeners do meanwhile', async () => {
    const { client, server, clock, types } = await openClient();
    client.on('disconnected', () => void client.close());
    client.on('closed', () => {
      client.reconnect();
      throw new Error('too late');
    });
    server.latest.pair.cut();
    await clock.advance(1e6);
    expect(types().filter((type) => type === 'closed').length).toBe(1);
    expect(types().at(-1)).toBe('closed');
    expect(clock.pendingTimers).toBe(0);
  });

  test('a listener that closes while the client dials anew leaves no dial behind', async () => {
    const { client, server, clock, types } = await openClient();
    client.on('disconnected', () => void client.close());
    client.reconnect();
    await clock.advance(1e6);
    expect(types().at(-1)).toBe('closed');
    expect([server.dials.length, clock.pendingTimers]).toEqual([1, 0]);
  });

  test('all listeners of an event hear it before what one of them caused', async () => {
    const { client, server, clock } = await openClient();
    const heard: string[] = [];
    client.on('disconnected', () => void client.close());
    for (const type of ['disconnected', 'closed'] as const) client.on(type, () => heard.push(type));
    server.latest.pair.cut();
    await clock.settle();
    expect(heard).toEqual(['disconnected', 'closed']);
  });
});

describe('listening', () => {
  test('a listener that throws, or rejects, becomes an error event and holds back nobody', async () => {
    const { client, server, clock, events } = await openClient();
    const heard: unknown[] = [];
    client.on('message', () => {
      throw new Error('sync');
    });
    client.on('message', async () => {
      throw new Error('async');
    });
    client.on('message', ({ data }) => heard.push(data));
    server.latest.link.send('hi');
    await clock.settle();
    expect(heard).toEqual(['hi']);
    const errors = events.flatMap((event) => (event.type === 'error' ? [event.error] : []));
    expect(errors.map(({ code, cause }) => [code, (cause as Error).message])).toEqual([
      ['listener-threw', 'sync'],
      ['listener-threw', 'async'],
    ]);
  });

  test('once() answers the next event, and rejects at the end or when its signal is aborted', async () => {
    const { client, server, clock } = await openClient();
    const next = client.once('message');
    server.latest.link.send('1');
    server.latest.link.send('2');
    expect((await next).data).toBe('1');
    const aborted = client.once('message', { signal: AbortSignal.abort('no') });
    await expect(aborted).rejects.toBe('no');
    const never = client.once('message').catch((error: HoldfastError) => error.code);
    void client.close();
    await clock.settle();
    expect(await never).toBe('client-closed');
    await expect(client.once('message')).rejects.toMatchObject({ code: 'client-closed' });
  });

  test('the iterator has all messages in order, and ends with the client', async () => {
    const { client, server, clock } = await openClient();
    const messages = client[Symbol.asyncIterator]();
    server.latest.link.send('1');
    server.latest.link.send('2');
    await clock.settle();
    void client.close();
    await clock.settle();
    const read: unknown[] = [];
    for await (const message of messages) read.push(message);
    expect(read).toEqual(['1', '2']);
    for await (const message of client) read.push(message);
    expect(read.length).toBe(2);
  });

  test('after the end nothing of the client is left on the signals that it was given', async () => {
    let listening = 0;
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: () => listening++,
      removeEventListener: () => listening--,
    };
    const { client, clock } = await openClient({ signal });
    client.on('message', () => {}, { signal });
    const never = client.once('latency', { signal }).catch(() => {});
    expect(listening).toBe(3);
    void client.close();
    await clock.settle();
    await never;
    expect(listening).toBe(0);
    client.on('message', () => {}, { signal });
    expect(listening).toBe(0);
  });

  test('what a link that was let go still tells counts no more', async () => {
    const clock = new FakeClock();
    const handlers: LinkHandler[] = [];
    const link = { protocol: '', extensions: '', readyState: 1, bufferedAmount: 0, send() {}, close() {}, ping() {} };
    const client = createClient(
      'ws://test/',
      resolveOptions<Message, Outgoing>({}),
      (_url, _protocols, handler) => {
        handlers.push(handler);
        return () => {};
      },
      { now: clock.now, after: clock.after, random: () => 0, canPing: true },
    );
    const told: string[] = [];
    for (const type of ['message', 'latency', 'disconnected'] as const) client.on(type, () => told.push(type));
    await clock.settle();
    handlers[0]?.onOpen(link);
    client.reconnect();
    await clock.settle();
    handlers[1]?.onOpen(link);
    client.ping().catch(() => {});
    told.length = 0;
    for (const handler of handlers) {
      handler.onMessage('hello');
      handler.onHeard();
      handler.onPong();
      handler.onDrain();
    }
    handlers[0]?.onEnd({ code: 1000, reason: '', wasClean: true });
    expect(told).toEqual(['message', 'latency']);
  });

  test('a scope that disposes of the client closes it', async () => {
    const { client, clock } = await openClient();
    const disposed = client[Symbol.asyncDispose]();
    await clock.settle();
    await disposed;
    expect(client.state).toMatchObject({ name: 'closed', code: 1000 });
  });
});
