import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { json } from '../codec/json.ts';
import { deliver } from '../delivery/deliver.ts';
import { delivery } from '../delivery/delivery.ts';
import { MemorySessions } from '../delivery/memory-sessions.test-helper.ts';
import { HoldfastError } from '../errors.ts';
import type { ClientEvent } from '../events/client-event.ts';
import { createTestKit } from '../testing/test-kit.ts';
import type { Codec } from './codec.ts';
import type { CommonOptions } from './options.ts';
import { toStreams } from './to-streams.ts';

const said = z.object({ text: z.string() });
const say = z.object({ say: z.string().min(1) });
const codec = json({ incoming: said, outgoing: say });
type Said = z.infer<typeof said>;
type Say = z.infer<typeof say>;

function start(options: CommonOptions<Said, Say> = {}, platform: 'node' | 'web' = 'node') {
  const { connect, server, clock } = createTestKit({ platform });
  const client = connect('ws://test/', { codec, ...options });
  const events: ClientEvent<Said, Say>[] = [];
  for (const type of ['message', 'error', 'dropped', 'disconnected', 'closed'] as const) {
    client.on(type, (event) => events.push(event));
  }
  return { client, server, clock, events };
}

async function open(options?: CommonOptions<Said, Say>, platform?: 'node' | 'web') {
  const bench = start(options, platform);
  await bench.clock.settle();
  return bench;
}

/** The codec of an app that throws what it likes. */
const throwing = (cause: unknown): Codec<Said, Say> => ({
  encode() {
    throw cause;
  },
  decode() {
    throw cause;
  },
});

describe('what is sent', () => {
  test('travels as the codec has it, at once and from the outbox', async () => {
    const { client, server, clock } = start();
    expect(client.send({ say: 'early' })).toBe('queued');
    await clock.settle();
    expect(client.send({ say: 'late' })).toBe('sent');
    await clock.settle();
    expect(server.latest.received).toEqual(['{"say":"early"}', '{"say":"late"}']);
  });

  test('and is bad throws at once, and nothing of it waits', async () => {
    const { client, server, clock, events } = start();
    expect(() => client.send({ say: '' })).toThrow(
      expect.objectContaining({ code: 'invalid-message', issues: [expect.objectContaining({ path: ['say'] })] }),
    );
    expect(client.bufferedBytes).toBe(0);
    await clock.settle();
    expect(server.latest.received).toEqual([]);
    expect(events).toEqual([]);
  });

  test('is as it was when it was sent, whatever the app makes of its object then', async () => {
    const { client, server, clock } = start();
    const message = { say: 'one' };
    client.send(message);
    message.say = 'two';
    await clock.settle();
    expect(server.latest.received).toEqual(['{"say":"one"}']);
  });

  test.each([
    { it: 'an error of the codec', cause: new RangeError('no such letter') },
    { it: 'no error at all', cause: 'no such letter' },
  ])('$it is the cause of an invalid-message', ({ cause }) => {
    const { client } = start({ codec: throwing(cause) });
    expect(() => client.send({ say: 'x' })).toThrow(
      expect.objectContaining({ code: 'invalid-message', message: expect.stringContaining('no such letter'), cause }),
    );
  });

  test('has to become text or bytes', () => {
    const { client } = start({ codec: { ...codec, encode: () => 5 as unknown as string } });
    expect(() => client.send({ say: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-message' }));
  });
});

describe('what is given up carries the message of the app', () => {
  const first = { say: 'first' };
  const second = { say: 'second' };
  const aborted = new AbortController();
  aborted.abort();

  test.each([
    { cause: 'expired', options: { ttlMs: 10 }, outbox: {} },
    { cause: 'replaced', options: { key: 'k' }, outbox: {} },
    { cause: 'aborted', options: { signal: aborted.signal }, outbox: {} },
    { cause: 'queue-full', options: {}, outbox: { maxMessages: 1, whenFull: 'drop-oldest' } },
    { cause: 'closed', options: {}, outbox: {} },
  ] as const)('as $cause', async ({ cause, options, outbox }) => {
    const { client, server, clock, events } = start({ outbox });
    server.mode = 'ignore';
    client.send(first, options);
    client.send(second, cause === 'replaced' ? options : {});
    await clock.advance(20);
    void client.close();
    await clock.advance(6_000);
    const dropped = events.filter((event) => event.type === 'dropped');
    expect(dropped[0]).toEqual({ type: 'dropped', message: first, cause });
    expect(dropped[0]?.message).toBe(first);
  });
});

describe('what arrives', () => {
  test('is told as the schema has it', async () => {
    const { server, clock, events } = await open();
    server.latest.send('{"text":"hi","more":1}');
    await clock.settle();
    expect(events).toEqual([{ type: 'message', data: { text: 'hi' } }]);
  });

  test.each([
    { it: 'no JSON', data: '{"text"', code: 'decode-failed' },
    { it: 'bytes', data: Uint8Array.of(1), code: 'decode-failed' },
    { it: 'not what the schema has', data: '{"text":1}', code: 'schema-mismatch' },
    { it: 'null', data: 'null', code: 'schema-mismatch' },
  ])('and is $it is told as an error and skipped, between its neighbours', async ({ data, code }) => {
    const { client, server, clock, events } = await open();
    server.latest.send('{"text":"before"}');
    server.latest.send(data);
    server.latest.send('{"text":"after"}');
    await clock.settle();
    expect(events).toEqual([
      { type: 'message', data: { text: 'before' } },
      { type: 'error', error: expect.objectContaining({ code }) },
      { type: 'message', data: { text: 'after' } },
    ]);
    expect(client.state.name).toBe('open');
  });

  test('may be null or undefined, if the codec says so', async () => {
    const { connect, server, clock } = createTestKit();
    const client = connect('ws://test/', {
      codec: json<number | null>(),
    });
    const heard: unknown[] = [];
    client.on('message', ({ data }) => heard.push(data));
    const loop = client[Symbol.asyncIterator]();
    await clock.settle();
    server.latest.send('null');
    server.latest.send('0');
    await clock.settle();
    expect(heard).toEqual([null, 0]);
    expect((await loop.next()).value).toBe(null);
    expect((await loop.next()).value).toBe(0);
  });

  test('a codec that throws anything at all harms nothing', async () => {
    const { server, clock, events } = await open({ codec: throwing(undefined) });
    server.latest.send('x');
    server.latest.send('y');
    await clock.settle();
    expect(events.map((event) => event.type === 'error' && event.error.code)).toEqual([
      'decode-failed',
      'decode-failed',
    ]);
  });

  test.each(['node', 'web'] as const)(
    'on %s, a bad message closes for good where the app wants that',
    async (platform) => {
      const closing = json({ incoming: said, outgoing: say }, { whenInvalid: 'close' });
      const { client, server, clock, events } = await open({ codec: closing }, platform);
      server.latest.send('{');
      await clock.settle();
      expect(events.map(({ type }) => type)).toEqual(['error', 'disconnected', 'closed']);
      expect(client.state).toMatchObject({ name: 'closed', code: 4007, reason: 'decode-failed' });
      expect(server.latest.outcome).toMatchObject({ code: 4007, reason: 'decode-failed' });
    },
  );

  test('a listener that throws a HoldfastError is no codec', async () => {
    const { client, server, clock, events } = await open();
    client.on('message', () => {
      throw new HoldfastError('queue-full', '', { closeCode: 1007 });
    });
    server.latest.send('{"text":"hi"}');
    await clock.settle();
    expect(events.map((event) => (event.type === 'error' ? event.error.code : event.type))).toEqual([
      'message',
      'listener-threw',
    ]);
  });
});

describe('a probe', () => {
  const probe = { message: { say: 'ping' }, isReply: ({ text }: Said) => text === 'pong' };

  test('is encoded, and its reply decoded and not told', async () => {
    const { client, server, clock, events } = await open({ heartbeat: { intervalMs: 100, probe } }, 'web');
    await clock.advance(100);
    await clock.settle();
    expect(server.latest.received).toEqual(['{"say":"ping"}']);
    server.latest.send('{"text":"pong"}');
    server.latest.send('{"text":"hi"}');
    await clock.settle();
    expect(events).toEqual([{ type: 'message', data: { text: 'hi' } }]);
    expect(client.latencyMs).toBe(0);
  });

  test('is not asked about a bad message, which is a sign of life all the same', async () => {
    const { server, clock, events } = await open({ heartbeat: { intervalMs: 100, timeoutMs: 100, probe } }, 'web');
    await clock.advance(150);
    server.latest.send('{');
    await clock.settle();
    await clock.advance(90);
    expect(events.map(({ type }) => type)).toEqual(['error']);
    await clock.advance(10);
    expect(events.map(({ type }) => type)).toEqual(['error', 'disconnected']);
  });

  test('that cannot be encoded is told', async () => {
    const bad = { ...probe, message: { say: '' } };
    const { clock, events } = await open({ heartbeat: { intervalMs: 100, probe: bad } }, 'web');
    await clock.advance(100);
    await clock.settle();
    expect(events).toMatchObject([
      { type: 'error', error: { code: 'listener-threw', cause: { code: 'invalid-message' } } },
    ]);
  });
});

test('delivery carries what the codec made, and what is lost with a session is told as the app knows it', async () => {
  const bench = start({ heartbeat: false, delivery: delivery() });
  const sessions = new MemorySessions(bench.server, bench.clock);
  await bench.clock.settle();
  const arrived = deliver(bench.client, { say: 'one' });
  await bench.clock.advance(100);
  await arrived;
  expect(sessions.last.received).toEqual(['{"say":"one"}']);
  sessions.last.end.send('{"text":"two"}', undefined);
  await bench.clock.settle();

  bench.server.latest.stall();
  const message = { say: 'three' };
  bench.client.send(message);
  bench.server.latest.cut();
  sessions.all.clear();
  await bench.clock.advance(1_000);
  expect(bench.events).toMatchObject([
    { type: 'message', data: { text: 'two' } },
    { type: 'disconnected' },
    { type: 'dropped', cause: 'unacknowledged' },
  ]);
  expect(bench.events.map((event) => event.type === 'dropped' && event.message).at(-1)).toBe(message);
});

test('the iterator gives what was decoded, and leaves out what could not be', async () => {
  const { client, server, clock } = await open();
  const loop = client[Symbol.asyncIterator]();
  server.latest.send('{"text":"one"}');
  server.latest.send('!');
  server.latest.send('{"text":"two"}');
  await clock.settle();
  expect((await loop.next()).value).toEqual({ text: 'one' });
  expect((await loop.next()).value).toEqual({ text: 'two' });
});

test('a slow reader is measured by what arrived, whatever was made of it', async () => {
  const { client, server, clock } = await open({ maxUnreadBytes: 40 }, 'web');
  const loop = client[Symbol.asyncIterator]();
  for (let count = 0; count < 4; count++) server.latest.send('{"text":"123456"}');
  await clock.settle();
  expect((await loop.next()).value).toEqual({ text: '123456' });
  expect((await loop.next()).value).toEqual({ text: '123456' });
  await expect(loop.next()).rejects.toMatchObject({ code: 'reader-too-slow' });
});

test('streams carry what was decoded, and take what is to be encoded', async () => {
  const { client, server, clock } = await open();
  const { readable, writable } = toStreams(client);
  const reader = readable.getReader();
  const writer = writable.getWriter();
  await writer.write({ say: 'hi' });
  const read = reader.read();
  server.latest.send('{"text":"ho"}');
  await clock.settle();
  expect((await read).value).toEqual({ text: 'ho' });
  expect(server.latest.received).toEqual(['{"say":"hi"}']);
  await expect(writer.write({ say: '' })).rejects.toMatchObject({ code: 'invalid-message' });
});

test.each([json, {}, 'json', 5])('%s is no codec, and throws at once', (wrong) => {
  const { connect } = createTestKit();
  expect(() => connect('ws://test/', { codec: wrong as unknown as typeof codec })).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  );
});
