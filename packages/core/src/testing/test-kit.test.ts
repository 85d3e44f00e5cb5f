import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import { createTestKit } from './test-kit.ts';

const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as HoldfastError).code;
  }
  return undefined;
};

describe('the connect of a kit', () => {
  test('makes a client of any URL, which talks with the server', async () => {
    const { connect, server, clock } = createTestKit();
    const client = connect('wss://example.org/live', { protocols: ['chat'] });
    expect(client.send('hello')).toBe('queued');
    const connection = await server.connection();
    expect(await connection.message()).toBe('hello');
    const answer = client.once('message');
    connection.send('welcome');
    expect((await answer).data).toBe('welcome');
    expect(connection.dial).toEqual({ url: 'wss://example.org/live', protocols: ['chat'] });
    void client.close(4000, 'done');
    expect(await connection.ended()).toMatchObject({ code: 4000, reason: 'done', wasClean: true });
    expect(clock.pendingTimers).toBe(0);
  });

  test('takes many clients, which share its server and its clock', async () => {
    const { connect, server, clock } = createTestKit();
    for (const name of ['a', 'b']) connect(`ws://test/${name}`).send(name);
    await clock.settle();
    expect(server.connections.map(({ dial, received }) => [dial.url, received])).toEqual([
      ['ws://test/a', ['a']],
      ['ws://test/b', ['b']],
    ]);
  });

  test('refuses what the real one refuses', () => {
    const { connect } = createTestKit();
    expect(codeOf(() => connect('ftp://test/'))).toBe('invalid-url');
    expect(codeOf(() => connect('/relative'))).toBe('invalid-url');
    expect(codeOf(() => connect('ws://test/', { protocols: 'a b' }))).toBe('invalid-protocol');
    expect(codeOf(() => connect('ws://test/', { reconect: false } as object))).toBe('unknown-option');
    expect(codeOf(() => connect('ws://test/', { heartbeat: { intervalMs: -1 } }))).toBe('invalid-option');
  });

  test('takes what a package knows besides, and shows the server the headers', async () => {
    const { connect, server } = createTestKit<{ readonly token?: string }>(
      {},
      {
        presets: { token: undefined },
        traitsOf: ({ token }) => ({ headers: token === undefined ? undefined : { Authorization: token } }),
      },
    );
    connect('ws://test/', { token: 'secret' });
    expect((await server.connection()).dial.headers).toEqual({ authorization: 'secret' });
    connect('ws://test/', {});
    expect((await server.connection()).dial.headers).toBeUndefined();
    expect(codeOf(() => connect('ws://test/', { tokn: 'secret' } as object))).toBe('unknown-option');
  });

  test.each(['node', 'web'] as const)(
    'ends a link over a message that is longer than was asked for: %s',
    async (platform) => {
      const { connect, server, clock } = createTestKit({ platform });
      const client = connect('ws://test/', { maxMessageBytes: 3 });
      server.onConnection = (connection) => connection.send('é1');
      expect((await client.once('message')).data).toBe('é1');
      const disconnected = client.once('disconnected');
      server.latest.send('é12');
      await clock.settle();
      expect(await disconnected).toMatchObject({ code: 1006, willReconnect: true });
      expect(server.latest.outcome).toMatchObject({ wasClean: false });
    },
  );
});

test('headers that are a function are asked for at each dial, and once more when they were refused', async () => {
  const extras = {
    presets: { headers: undefined },
    traitsOf: ({ headers }: { readonly headers: () => Record<string, string> }) => ({ headers }),
  };
  const { connect, server, clock } = createTestKit({}, extras);
  let asked = 0;
  server.mode = { status: 401 };
  const client = connect('ws://test/', { headers: () => ({ token: String(++asked) }) });
  await clock.advance(60_000);
  expect(server.dials.map(({ headers }) => headers)).toEqual([{ token: '1' }, { token: '2' }]);
  expect(client.state).toMatchObject({ name: 'closed', error: { status: 401 } });
});

/** What a client is told of the same on the platforms. */
describe('the platform', () => {
  test.each([
    ['node', { code: 'http-status', status: 401, body: 'who?' }],
    ['web', { code: 'dial-failed' }],
  ] as const)('%s: a refusal', async (platform, error) => {
    const { connect, server, clock } = createTestKit({ platform });
    server.mode = { status: 401, body: 'who?' };
    const disconnected = connect('ws://test/').once('disconnected');
    await clock.settle();
    expect((await disconnected).error).toMatchObject(error);
    expect((await disconnected).error?.status).toBe(platform === 'web' ? undefined : 401);
  });

  test.each([
    [
      'a status',
      { status: 429, body: 'who?', retryAfterSeconds: 7 },
      { code: 'http-status', status: 429, retryAfterMs: 7_000 },
    ],
    ['nobody there', 'refuse', { code: 'dial-failed' }],
  ] as const)('web, where it is diagnosed: %s', async (_name, answer, error) => {
    const extras = { presets: {}, traitsOf: () => ({ isDiagnosed: true }) };
    const { connect, server, clock } = createTestKit({ platform: 'web' }, extras);
    server.mode = answer;
    const disconnected = connect('ws://test/').once('disconnected');
    await clock.settle();
    expect((await disconnected).error).toMatchObject(error);
    expect((await disconnected).error).not.toHaveProperty('body');
  });

  test.each(['node', 'web'] as const)('%s: a line that is cut', async (platform) => {
    const { connect, server, clock } = createTestKit({ platform });
    const disconnected = connect('ws://test/').once('disconnected');
    (await server.connection()).cut();
    expect(await disconnected).toMatchObject({ code: 1006, error: { code: 'connection-lost' } });
    expect(clock.now()).toBe(0);
  });

  test('node finds a line that stalls by its pings; a page has none, and needs a probe', async () => {
    const state = async (kit: ReturnType<typeof createTestKit>, isProbing: boolean) => {
      const probe = { message: 'there?', isReply: () => false };
      const client = kit.connect('ws://test/', isProbing ? { heartbeat: { probe } } : {});
      (await kit.server.connection()).stall();
      await kit.clock.advance(30_000);
      return client.state.name;
    };
    expect(await state(createTestKit({ platform: 'node' }), false)).toBe('waiting');
    expect(await state(createTestKit({ platform: 'web' }), false)).toBe('open');
    expect(await state(createTestKit({ platform: 'web' }), true)).toBe('waiting');
  });

  test('node hears the parts of a long message on a slow line, and keeps it; a page hears it whole', async () => {
    const outcome = async (platform: 'node' | 'web') => {
      const { connect, server, clock } = createTestKit({ platform });
      const probe = { message: 'there?', isReply: () => false };
      const client = connect('ws://test/', { heartbeat: { probe } });
      const connection = await server.connection();
      connection.slow({ bytesPerSecond: 1000 }, 'server');
      connection.send(new Uint8Array(60_000));
      await clock.advance(59_000);
      return client.state.name === 'open' && server.connections.length === 1;
    };
    expect(await outcome('node')).toBe(true);
    expect(await outcome('web')).toBe(false);
  });

  test('node is told when the buffer of a slow line goes down; a page looks by itself', async () => {
    const drainedAt = async (platform: 'node' | 'web') => {
      const { connect, server, clock } = createTestKit({ platform });
      const client = connect('ws://test/', { highWaterMark: 5 });
      (await server.connection()).slow({ bytesPerSecond: 1000 });
      client.send('0123456789');
      let atMs: number | undefined;
      client.on('drain', () => {
        atMs = clock.now();
      });
      await clock.advance(100);
      return atMs;
    };
    expect([await drainedAt('node'), await drainedAt('web')]).toEqual([10, 20]);
  });

  test('web takes a relative URL by that of its page', async () => {
    const { connect, server } = createTestKit({ platform: 'web' });
    connect('/live');
    expect((await server.connection()).dial.url).toBe('ws://localhost/live');
    const elsewhere = createTestKit({ platform: 'web', baseUrl: 'https://example.org/app/' });
    elsewhere.connect('live');
    expect((await elsewhere.server.connection()).dial.url).toBe('wss://example.org/app/live');
  });

  test('is what the test says of it', async () => {
    const { connect, server, clock } = createTestKit({ random: () => 0.5, canPing: false });
    server.mode = 'refuse';
    const waiting = connect('ws://test/').once('waiting');
    await clock.settle();
    expect((await waiting).delayMs).toBe(750);
  });
});
