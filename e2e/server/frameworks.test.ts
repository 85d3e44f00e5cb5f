import { once } from 'node:events';
import { connect } from '@holdfast/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from './apps/app.ts';
import { startExpress } from './apps/express.ts';
import { startFastify } from './apps/fastify.ts';
import { startHono } from './apps/hono.ts';
import { portOf } from './apps/listening.ts';
import { askToUpgrade } from './ask.ts';
import { attachAccept, attachServe } from './attach.ts';

const frameworks = { Express: startExpress, Fastify: startFastify, Hono: startHono };
const ways = { 'serve({ server })': attachServe, 'accept()': attachAccept };

const rows = Object.entries(frameworks).flatMap(([framework, start]) =>
  Object.entries(ways).map(([way, attach]) => ({ framework, way, start, attach })),
);

describe.each(rows)('$way in an app of $framework', ({ framework, start, attach }) => {
  let app: App;
  let port: number;
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= app.stop());
  const page = async () => (await fetch(`http://127.0.0.1:${port}/hello`)).text();
  const ours = (protocols: string[] = []) => connect(`ws://127.0.0.1:${port}/live`, { protocols, reconnect: false });
  const theirs = (protocols: string[] = []) => new WebSocket(`ws://127.0.0.1:${port}/live`, protocols);

  beforeEach(async () => {
    stopped = undefined;
    app = await start(attach);
    port = portOf(app);
  });
  afterEach(stop);

  test('the framework answers its pages, also while a WebSocket is open', async () => {
    expect(await page()).toBe(`hello from ${framework}`);
    const client = ours();
    await client.once('open');
    expect(await page()).toBe(`hello from ${framework}`);
    await client.close();
  });

  test('our client gets its echoes, and closes', async () => {
    const client = ours();
    client.send('hello');
    client.send(new Uint8Array([1, 2, 3]));
    const received: unknown[] = [];
    for await (const message of client) {
      if (received.push(message) === 2) void client.close(1000, 'done');
    }
    expect(received).toEqual(['hello', new Uint8Array([1, 2, 3])]);
    expect(client.state).toMatchObject({ name: 'closed', code: 1000, wasClean: true });
  });

  test('an independent client gets its echoes, and closes', async () => {
    const client = theirs();
    await once(client, 'open');
    const long = 'x'.repeat(200_000);
    for (const message of ['hello', long, Buffer.of(1, 2, 3)]) {
      client.send(message);
      const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
      expect(isBinary ? data : data.toString()).toEqual(message);
    }
    client.close(4000, 'done');
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(4000);
  });

  test('the sub-protocol is the first of the server that the client offers', async () => {
    const client = ours(['other', 'chat.v1', 'chat.v2']);
    expect(await client.once('open')).toMatchObject({ protocol: 'chat.v2' });
    await client.close();
    const other = theirs(['chat.v1']);
    await once(other, 'open');
    expect(other.protocol).toBe('chat.v1');
    other.terminate();
  });

  test('a page of another origin is refused with 403, one of this host is not', async () => {
    expect(await askToUpgrade(port, '/live', { Origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await askToUpgrade(port, '/live', { Origin: `http://127.0.0.1:${port + 1}` })).toMatchObject({
      status: 403,
    });
    expect(await askToUpgrade(port, '/live', { Origin: `http://127.0.0.1:${port}` })).toMatchObject({ status: 101 });
  });

  test('another path is refused with 404, another version with 426', async () => {
    expect(await askToUpgrade(port, '/hello')).toMatchObject({ status: 404 });
    expect(await askToUpgrade(port, '/live', { 'Sec-WebSocket-Version': '8' })).toMatchObject({
      status: 426,
      headers: { 'sec-websocket-version': '13' },
    });
  });

  test('it stops: the clients are told to go, a page that is kept alive holds up nothing', async () => {
    const [one, other] = [ours(), theirs()];
    await Promise.all([one.once('open'), once(other, 'open')]);
    await page();
    expect(app.live.count()).toBe(2);
    const closed = once(other, 'close') as Promise<[number]>;
    const [told] = await Promise.all([one.once('closed'), stop()]);
    expect(told).toMatchObject({ code: 1001, reason: 'the server is closing', wasClean: true });
    expect((await closed)[0]).toBe(1001);
    expect(app.live.count()).toBe(0);
    expect(app.http.listening).toBe(false);
  });
});
