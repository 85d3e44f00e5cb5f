import { readdirSync } from 'node:fs';
import { type Client, connect, type ConnectOptions } from '@holdfast/node';
import { afterEach, describe, expect, test } from 'vitest';
import { askToUpgrade } from './ask.ts';
import { runSample, runToEnd, type Sample } from './samples/sample.ts';

const folder = new URL('../../docs/guide/samples/', import.meta.url);

let sample: Sample;
const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  sample.kill();
});

const begin = (path: string, options: ConnectOptions = {}) => {
  const client = connect(`ws://127.0.0.1:${sample.port}${path}`, { reconnect: false, ...options });
  clients.push(client);
  return client;
};

const dial = async (path: string, options: ConnectOptions = {}) => {
  const client = begin(path, options);
  await client.once('open');
  return client;
};

const answerTo = async (client: Client, message: string) => {
  const answer = client.once('message');
  client.send(message);
  return (await answer).data;
};

/** Each sample is asked for what it shows, and for how it ends. */
const samples: Record<string, () => Promise<unknown>> = {
  'readme-server.ts': async () => {
    const client = begin('/live');
    expect((await client.once('message')).data).toBe('welcome, you are one of 1');
    const other = begin('/live');
    expect((await other.once('message')).data).toBe('welcome, you are one of 2');
    const heard = other.once('message');
    expect(await answerTo(client, 'hello')).toBe('hello');
    expect((await heard).data).toBe('hello');
    const from = (Origin: string) => askToUpgrade(sample.port, '/live', { Origin });
    expect(await from('https://example.org')).toMatchObject({ status: 101 });
    expect(await from('https://evil.example')).toMatchObject({ status: 403 });
    await endsWhenAsked(client);
  },
  'server.ts': async () => {
    const client = await dial('/live');
    expect(await answerTo(client, 'hello')).toBe('hello');
    await endsWhenAsked(client);
    expect(sample.printed()).toMatch(/^listening on \d+\nleft 1001 \nall have left\n$/);
  },
  'delivery-server.ts': async () => {
    // The client of the guide's page on delivery, in a process of its own.
    expect(await runToEnd('delivery-client.ts', `ws://127.0.0.1:${sample.port}/`)).toBe(
      'open 1 false\nreceived 1. hello\nreceived 2. a payment\ndelivered\n',
    );
    expect(await sample.stop()).toBe(0);
    expect(sample.printed()).toContain('left 1000');
  },
  'rpc-server.ts': async () => {
    // The client of the guide's page on calls, in a process of its own.
    expect(await runToEnd('rpc-client.ts', `ws://127.0.0.1:${sample.port}/`)).toBe(
      '3\nnobody is 2\ntick 1\ntick 2\ntick 3\nPublish "hello"?\npublished\n',
    );
    expect(await sample.stop()).toBe(0);
  },
  'server-express.ts': servesPagesToo,
  'server-fastify.ts': servesPagesToo,
  'server-hono.ts': servesPagesToo,
  'server-accept.ts': servesPagesToo,
  'server-authorize.ts': async () => {
    expect(await askToUpgrade(sample.port, '/', { Authorization: 'Bearer guessed' })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    });
    const client = begin('/', { headers: { Authorization: 'Bearer ada-secret' } });
    expect((await client.once('message')).data).toBe('welcome, ada');
    expect(sample.printed()).toContain('refused 401');
  },
  'server-compression.ts': async () => {
    const client = await dial('/');
    expect(client.extensions).toBe('permessage-deflate');
    expect(await answerTo(client, 'hello '.repeat(100))).toBe('hello '.repeat(100));
  },
  'codecs-server.ts': async () => {
    const client = begin('/chat');
    expect((await client.once('message')).data).toBe('{"type":"joined","name":"guest 1"}');
    const said = '{"type":"said","name":"guest 1","text":"hello"}';
    expect(await answerTo(client, '{"type":"say","text":" hello "}')).toBe(said);
    const closed = client.once('closed');
    client.send('{"type":"shout"}');
    expect(await closed).toMatchObject({ code: 1007, reason: 'schema-mismatch' });
    await sample.stop();
  },
  'server-more.ts': async () => {
    const old = await dial('/', { protocols: ['chat.v1'] });
    const other = await dial('/', { protocols: ['chat.v1'] });
    const heard = other.once('message');
    expect(await answerTo(old, 'hello')).toBe('hello');
    expect((await heard).data).toBe('hello');
    const counted = begin('/', { protocols: ['chat.v2'] });
    const numbers: unknown[] = [];
    for await (const number of counted) {
      if (numbers.push(number) === 3) break;
    }
    expect(numbers).toEqual(['0', '1', '2']);
  },
};

async function servesPagesToo(): Promise<void> {
  const page = async () => (await fetch(`http://127.0.0.1:${sample.port}/`)).text();
  expect(await page()).toBe('a page');
  const client = await dial('/live');
  expect(await answerTo(client, 'hello')).toBe('hello');
  expect(await page()).toBe('a page');
  await endsWhenAsked(client);
}

/** The client is told, and the process has nothing left to do. */
async function endsWhenAsked(client: Client): Promise<void> {
  const [closed, code] = await Promise.all([client.once('closed'), sample.stop()]);
  expect(closed).toMatchObject({ code: 1001, wasClean: true });
  expect(code).toBe(0);
}

describe('the samples of the guide to the server', () => {
  test.each(Object.keys(samples))('%s', async (name) => {
    sample = await runSample(name);
    await samples[name]?.();
  });

  test('all of them run here', () => {
    expect(readdirSync(folder).filter((name) => name.includes('server') && name !== 'files-server.ts')).toEqual(
      Object.keys(samples).toSorted(),
    );
  });
});
