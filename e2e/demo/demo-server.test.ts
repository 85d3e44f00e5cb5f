import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { DemoOptions } from '../../docs/demo-server/room.ts';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { DemoMember } from './demo-member.ts';

const started: DemoServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

/** Which library carries the rooms: all that they promise holds by each. */
let engine: DemoOptions['engine'];

async function start(options?: Partial<DemoOptions>): Promise<string> {
  const server = await startDemoServer(0, { engine, ...options });
  started.push(server);
  return `ws://127.0.0.1:${server.port}`;
}

describe.each(['holdfast', 'ws'] as const)('on %s', (each) => {
  beforeEach(() => {
    engine = each;
  });

  describe('/echo', () => {
    test('gives text and binary back as they came, in order', async () => {
      const member = await DemoMember.open(`${await start()}/echo`);
      const sent = ['', 'hello', '\uFEFF𝄞 kelp', new Uint8Array(), new Uint8Array(1024 * 1024).fill(7)];
      for (const message of sent) member.socket.send(message);
      for (const message of sent) {
        const { data, isBinary } = await member.next();
        expect(isBinary).toBe(typeof message !== 'string');
        expect(data.equals(Buffer.from(message as string))).toBe(true);
      }
    });

    test('gives back more than a slow reader has room for', async () => {
      const member = await DemoMember.open(`${await start()}/echo`);
      member.socket.pause();
      const block = new Uint8Array(4 * 1024 * 1024);
      for (let count = 0; count < 8; count++) member.socket.send(block);
      member.socket.resume();
      for (let count = 0; count < 8; count++) expect((await member.next()).data.length).toBe(block.length);
    });
  });

  describe('/push', () => {
    test('counts, and echoes in between', async () => {
      const member = await DemoMember.open(`${await start({ pushIntervalMs: 20 })}/push`);
      member.socket.send('ahoy');
      const texts: string[] = [];
      while (!texts.includes('3') || !texts.includes('ahoy')) texts.push((await member.next()).data.toString());
      const numbers = texts.filter((text) => text !== 'ahoy');
      expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
    });
  });

  describe('/chat', () => {
    test('welcomes with a name and tells everybody of joins, messages, renames and leaves', async () => {
      const url = `${await start()}/chat`;
      const { member: ada, name: adaName } = await DemoMember.join(url);
      const { member: bob, name: bobName } = await DemoMember.join(url);
      expect(await ada.reply()).toEqual({ type: 'joined', name: bobName });

      ada.ask({ type: 'say', text: '<b>hello</b>', id: 'a1' });
      const said = { type: 'said', from: adaName, text: '<b>hello</b>', id: 'a1' };
      expect(await ada.reply()).toEqual(said);
      expect(await bob.reply()).toEqual(said);

      bob.ask({ type: 'rename', name: 'Bob' });
      const renamed = { type: 'renamed', name: 'Bob', was: bobName };
      expect(await ada.reply()).toEqual(renamed);
      expect(await bob.reply()).toEqual(renamed);

      bob.socket.close();
      expect(await ada.reply()).toEqual({ type: 'left', name: 'Bob' });
    });

    test('answers a probe at once, to the one who asked', async () => {
      const { member } = await DemoMember.join(`${await start()}/chat`);
      member.ask({ type: 'probe' });
      expect(await member.reply()).toEqual({ type: 'probe-reply' });
    });

    test.each([
      ['not JSON', 'hello', 'not-json'],
      ['JSON that is no object', '[1]', 'not-json'],
      ['an unknown type', '{"type":"shout"}', 'unknown-type'],
      ['no type', '{}', 'unknown-type'],
      ['an empty text', '{"type":"say","text":"  "}', 'empty'],
      ['a text that is no string', '{"type":"say","text":5}', 'not-a-string'],
      ['a text that is too long', `{"type":"say","text":"${'a'.repeat(2001)}"}`, 'too-long'],
      ['an id that is too long', `{"type":"say","text":"a","id":"${'a'.repeat(65)}"}`, 'too-long'],
      ['a name that is too long', `{"type":"rename","name":"${'a'.repeat(33)}"}`, 'too-long'],
      ['binary', Buffer.from('{"type":"probe"}'), 'binary'],
    ])('answers %s with an error and stays open', async (_what, message, code) => {
      const { member } = await DemoMember.join(`${await start()}/chat`);
      member.socket.send(message);
      expect(await member.reply()).toMatchObject({ type: 'error', code, message: expect.any(String) as string });
      member.ask({ type: 'probe' });
      expect(await member.reply()).toEqual({ type: 'probe-reply' });
    });

    test("adds a number to somebody else's name, and tells who comes what was said and who is in", async () => {
      const url = `${await start()}/chat`;
      const { member: ada } = await DemoMember.join(`${url}?name=Ada`);
      const { member: other, name } = await DemoMember.join(url);
      other.ask({ type: 'rename', name: 'Ada' });
      expect(await other.reply()).toEqual({ type: 'renamed', name: 'Ada 2', was: name });
      ada.ask({ type: 'say', text: 'hello' });
      expect(await other.reply()).toMatchObject({ text: 'hello' });
      const late = await DemoMember.open(`${url}?name=Ada`);
      const history = [{ type: 'said', from: 'Ada', text: 'hello' }];
      expect(await late.reply()).toEqual({
        type: 'welcome',
        name: 'Ada 3',
        members: ['Ada', 'Ada 2', 'Ada 3'],
        history,
      });
    });

    test('ends a connection with 1009 when a message is over the limit, and no other', async () => {
      const url = `${await start()}/chat`;
      const { member: big, name } = await DemoMember.join(url);
      const { member: other } = await DemoMember.join(url);
      big.socket.send('a'.repeat(16 * 1024 + 1));
      expect((await big.closed).code).toBe(1009);
      expect(await other.reply()).toMatchObject({ type: 'left', name });
    });

    test('sends away a member for whom there is no room with 1013 and the limit', async () => {
      const url = `${await start({ maxMembers: 1 })}/chat`;
      await DemoMember.join(url);
      expect(await new DemoMember(url).closed).toEqual({ code: 1013, reason: 'the room is full: it holds 1' });
    });
  });

  describe('the server', () => {
    test('refuses an unknown path with 404 and names the ones it has', async () => {
      const socket = new WebSocket(`${await start()}/constructor`);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, Readable];
      expect(response).toMatchObject({ statusCode: 404 });
      expect((await response.setEncoding('utf8').toArray()).join('')).toBe(
        `no /constructor here; there are /echo, /chat, /push, /random, /log, /lines, /feed${engine === 'ws' ? '' : ', /files, /health'}\n`,
      );
    });

    test('refuses a connection over its limit with 503', async () => {
      const base = await start({ maxConnections: 1 });
      await DemoMember.open(`${base}/echo`);
      const [, response] = (await once(new WebSocket(`${base}/echo`), 'unexpected-response')) as unknown[];
      expect(response).toMatchObject({ statusCode: 503 });
    });

    test('answers a plain request to a room with 426', async () => {
      const base = await start();
      const [response] = (await once(get(`${base.replace('ws', 'http')}/chat`), 'response')) as unknown[];
      expect(response).toMatchObject({ statusCode: 426, headers: { upgrade: 'websocket' } });
    });

    test('lets go of a member that answers no ping, and keeps one that does', async () => {
      const base = await start({ pingIntervalMs: 50 });
      const alive = await DemoMember.open(`${base}/echo`);
      const dead = await DemoMember.open(`${base}/echo`, { autoPong: false });
      expect((await dead.closed).code).toBe(1006);
      alive.socket.send('still here');
      expect((await alive.next()).data.toString()).toBe('still here');
    });

    test('stops with 1001', async () => {
      const server = await startDemoServer(0, { engine });
      const member = await DemoMember.open(`ws://127.0.0.1:${server.port}/echo`);
      await server.stop();
      expect(await member.closed).toEqual({ code: 1001, reason: 'the demo server stops' });
    });

    test('stops within its limit when a member never answers the close', async () => {
      const server = await startDemoServer(0, { engine, stopTimeoutMs: 50 });
      const member = await DemoMember.open(`ws://127.0.0.1:${server.port}/echo`);
      member.socket.pause();
      await server.stop();
      member.socket.terminate();
    });

    test('takes the next free port when the wanted one is in use', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const server = await startDemoServer(port, { engine });
      started.push(server);
      expect(server.port).toBeGreaterThan(port);
      other.close();
    });
  });
});
