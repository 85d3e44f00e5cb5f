import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server, createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { decodeClosePayload, Opcode } from '@holdfast/core';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { localhostCertificate } from '../certificates.test-helper.ts';
import { connect } from '../connect.ts';
import { dropRawClients, handshakeHeaders, RawClient } from '../raw-client.test-helper.ts';
import { head } from '../raw-server.test-helper.ts';
import type { Connection } from './connection.ts';
import type { CommonServeOptions, OnPort, ServeOptions } from './options.ts';
import { serve, type Server } from './serve.ts';

const running: { close(): unknown }[] = [];
afterEach(async () => {
  dropRawClients();
  for (const server of running.splice(0)) await server.close();
});

type PortOptions = CommonServeOptions & Partial<OnPort>;

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (message: string) => ({ opcode: Opcode.Text, payload: utf8(message) });
const closeFrame = (code: number) => ({ opcode: Opcode.Close, payload: Uint8Array.of(code >> 8, code & 0xff) });
const echo = (connection: Connection) => connection.on('message', ({ data }) => connection.send(data));

async function start(options: PortOptions = {}, onConnection: (connection: Connection) => unknown = echo) {
  const server = await serve({ port: 0, host: '127.0.0.1', closeTimeoutMs: 200, ...options }, onConnection);
  running.push(server);
  return server;
}

/** A server, and the one connection that a raw client has with it. */
async function startWithOne(options: PortOptions = {}) {
  let resolve: (connection: Connection) => void;
  const connected = new Promise<Connection>((r) => {
    resolve = r;
  });
  const server = await start(options, (connection) => resolve(connection));
  const client = await RawClient.open(server.port);
  return { server, client, connection: await connected };
}

describe('a server on a port', () => {
  it('shakes hands and echoes', async () => {
    const server = await start();
    const client = await RawClient.open(server.port);
    expect(await client.response()).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    client.send(text('hello'));
    const [frame] = await client.framesUntil(1);
    expect(frame).toMatchObject({ fin: true, opcode: Opcode.Text, payload: utf8('hello') });
  });

  it('takes frames that came with the request', async () => {
    const server = await start();
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', ...handshakeHeaders), text('early'));
    expect(await client.framesUntil(1)).toHaveLength(1);
  });

  it('serves our own client, over TLS too', async () => {
    const server = await start({ tls: localhostCertificate });
    const client = connect(`wss://localhost:${server.port}/`, {
      tls: { ca: localhostCertificate.cert },
      reconnect: false,
    });
    client.send('hello');
    expect((await client.once('message')).data).toBe('hello');
    await client.close();
  });

  it('tells the connection what was asked', async () => {
    const server = await start({ protocols: ['b', 'a'] });
    const client = await RawClient.connect(server.port);
    client.request('/chat?room=1', 'Sec-WebSocket-Protocol: a, b', 'Cookie: x=y');
    expect(await client.response()).toMatch(/\r\nSec-WebSocket-Protocol: b$/);
    const [connection] = server.connections;
    expect(connection).toMatchObject({
      protocol: 'b',
      state: { name: 'open' },
      request: { url: '/chat?room=1', protocols: ['a', 'b'], headers: { cookie: 'x=y' }, remoteAddress: '127.0.0.1' },
    });
  });

  it('rejects when the port is taken, and names it', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({
      code: 'listen-failed',
      message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1, port ${port}: EADDRINUSE`)) as string,
    });
  });
});

describe('what is no handshake is answered by HTTP, and the connection ends', () => {
  const limits = { maxHeaders: 10, maxHeaderBytes: 1000, maxHeaderLineBytes: 500 };
  const lines = (...changed: string[]) => head('GET / HTTP/1.1', ...handshakeHeaders, ...changed);
  for (const { name, request, status, url } of [
    { name: 'a page that is asked for', request: head('GET / HTTP/1.1', 'Host: a'), status: 426, url: '/' },
    { name: 'another method', request: head('POST / HTTP/1.1', 'Host: a'), status: 405, url: '/' },
    { name: 'another path', request: lines().replace('/', '/other'), status: 404, url: '/other' },
    { name: 'a foreign origin', request: lines('Origin: http://evil.test'), status: 403, url: '/' },
    { name: 'a target that is none', request: lines().replace('/', 'other#x'), status: 400, url: 'other#x' },
    { name: 'no HTTP', request: 'SSH-2.0-OpenSSH\r\n', status: 400 },
    { name: 'a line too long', request: lines(`a: ${'b'.repeat(600)}`), status: 431 },
    { name: 'too many headers', request: lines(...Array.from({ length: 10 }, () => 'a: b')), status: 431 },
    { name: 'endless headers', request: lines().slice(0, -2) + `a: ${'b'.repeat(400)}\r\n`.repeat(3), status: 431 },
  ])
    test(`${name}: ${status}`, async () => {
      const onRefused = vi.fn<NonNullable<ServeOptions['onRefused']>>();
      const server = await start({ path: '/', limits, onRefused });
      const client = await RawClient.connect(server.port);
      client.send(request);
      expect(await client.response()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      await client.ended();
      expect(onRefused).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ status }),
        url === undefined ? undefined : expect.objectContaining({ url, remoteAddress: '127.0.0.1' }),
      );
    });

  it('also when the client sends on: the answer is not lost by a reset', async () => {
    const server = await start({ limits });
    const client = await RawClient.connect(server.port);
    client.send('GET / HTTP/1.1\r\n', `a: ${'b'.repeat(1_000_000)}`);
    expect(await client.response()).toMatch(/^HTTP\/1\.1 431 /);
    await client.ended();
  });

  it('a hook that throws ends nothing', async () => {
    const warning = once(process, 'warning');
    const server = await start({
      onRefused() {
        throw new Error('hook');
      },
    });
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', 'Host: a'));
    await client.ended();
    expect(String((await warning)[0])).toContain('hook');
    expect(await (await RawClient.open(server.port)).response()).toContain('101');
  });
});

describe('the app is asked', () => {
  for (const { name, answer, status, line } of [
    { name: 'true accepts', answer: async () => true, status: 101, line: '' },
    { name: 'false refuses', answer: async () => false, status: 403, line: '' },
    {
      name: 'a status refuses with its headers',
      answer: () => ({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } }),
      status: 401,
      line: 'WWW-Authenticate: Bearer',
    },
    { name: 'data accepts, also what is false', answer: () => ({ data: 0 }), status: 101, line: '' },
    { name: 'undefined data refuses', answer: () => ({ data: undefined as unknown as object }), status: 403, line: '' },
    { name: 'null refuses', answer: () => ({ data: null as unknown as object }), status: 403, line: '' },
    {
      name: 'data with a status refuses',
      answer: () => ({ data: 1, status: 401 }) as unknown as boolean,
      status: 401,
      line: '',
    },
    { name: 'nothing is no yes', answer: () => undefined as unknown as boolean, status: 403, line: '' },
    {
      name: 'a fault is a 500, which tells nothing',
      answer: () => Promise.reject(new Error('secret')),
      status: 500,
      line: '',
    },
    { name: 'a status that would accept is a 500', answer: () => ({ status: 101 }), status: 500, line: '' },
    {
      name: 'headers that cannot travel are a 500',
      answer: () => ({ status: 401, headers: { a: 'b\r\nc: d' } }),
      status: 500,
      line: '',
    },
  ])
    test(name, async () => {
      const server = await start({ authorize: answer });
      const client = await RawClient.open(server.port);
      const response = await client.response();
      expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(response).toContain(line);
      expect(client.received.toString()).not.toContain('secret');
    });

  it('by the request', async () => {
    const authorize = vi.fn<NonNullable<ServeOptions['authorize']>>(() => true);
    const server = await start({ authorize });
    await RawClient.open(server.port, 'Authorization: Bearer abc');
    expect(authorize).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        url: '/',
        headers: expect.objectContaining({ authorization: 'Bearer abc' }) as object,
      }),
    );
  });

  it('and what it finds out is carried by the connection', async () => {
    const data = { name: 'ada' };
    const server = await start({ authorize: async () => ({ data }) });
    await RawClient.open(server.port);
    expect([...server.connections].map((connection) => connection.data)).toEqual([data]);
    expect([...server.connections][0]?.data).toBe(data);
  });

  it('and a client that left meanwhile is let go', async () => {
    const onConnection = vi.fn<() => void>();
    const authorize = vi.fn<() => Promise<boolean>>();
    let allow!: (isAllowed: boolean) => void;
    const allowed = new Promise<boolean>((resolve) => {
      allow = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      authorize.mockImplementation(() => {
        resolve();
        return allowed;
      });
    });
    const server = await start({ authorize }, onConnection);
    const client = await RawClient.connect(server.port);
    client.request('/');
    await asked;
    client.socket.resetAndDestroy();
    await client.until(() => client.hasClosed);
    allow(true);
    await server.close();
    expect(onConnection).not.toHaveBeenCalled();
  });
});

describe('limits of a server, and one over', () => {
  test('connections: the next is refused with 503 until one leaves', async () => {
    const server = await start({ limits: { maxConnections: 2 } });
    const [first] = [await RawClient.open(server.port), await RawClient.open(server.port)];
    const third = await RawClient.open(server.port);
    expect(await third.response()).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 10$/s);
    first?.send(closeFrame(1000));
    await first?.ended();
    expect(await (await RawClient.open(server.port)).response()).toMatch(/ 101 /);
  });

  test('handshakes under way: the next socket is dropped', async () => {
    const server = await start({ limits: { maxPendingHandshakes: 2 } });
    const [first] = [await RawClient.connect(server.port), await RawClient.connect(server.port)];
    const third = await RawClient.connect(server.port);
    await third.until(() => third.hasClosed || third.hasEnded);
    expect(third.received).toHaveLength(0);
    first?.request('/');
    expect(await first?.response()).toMatch(/ 101 /);
    expect(await (await RawClient.open(server.port)).response()).toMatch(/ 101 /);
  });

  for (const { name, sent } of [
    { name: 'nothing', sent: '' },
    { name: 'half a request', sent: 'GET / HTTP/1.1\r\nHost: a' },
  ])
    test(`a handshake that never ends, after ${name}: 408`, async () => {
      const server = await start({ handshakeTimeoutMs: 50 });
      const client = await RawClient.connect(server.port);
      client.send(sent);
      expect(await client.response()).toMatch(/^HTTP\/1\.1 408 /);
      await client.ended();
    });

  test('an app that does not answer: 408', async () => {
    const server = await start({ handshakeTimeoutMs: 50, authorize: () => new Promise(() => {}) });
    expect(await (await RawClient.open(server.port)).response()).toMatch(/^HTTP\/1\.1 408 /);
  });

  for (const { name, options, fits, over, code } of [
    {
      name: 'message bytes',
      options: { maxMessageBytes: 4 },
      fits: [text('abcd')],
      over: [text('abcde')],
      code: 1009,
    },
    {
      name: 'frame bytes',
      options: { limits: { maxFrameBytes: 4 } },
      fits: [text('abcd')],
      over: [text('abcde')],
      code: 1009,
    },
    {
      name: 'fragments',
      options: { limits: { maxFragments: 2 } },
      fits: [
        { ...text('a'), fin: false },
        { ...text('b'), opcode: Opcode.Continuation },
      ],
      over: [
        { ...text('a'), fin: false },
        { ...text('b'), opcode: Opcode.Continuation, fin: false },
        { ...text('c'), opcode: Opcode.Continuation, fin: false },
      ],
      code: 1008,
    },
    {
      name: 'tiny fragments',
      options: { limits: { maxFragmentOverheadBytes: 128 } },
      fits: [
        { ...text(''), fin: false },
        { ...text(''), opcode: Opcode.Continuation },
      ],
      over: [
        { ...text(''), fin: false },
        { ...text(''), opcode: Opcode.Continuation, fin: false },
        { ...text(''), opcode: Opcode.Continuation, fin: false },
      ],
      code: 1008,
    },
  ])
    test(`${name}: closed with ${code}, TCP ended by the server first`, async () => {
      const server = await start(options);
      const client = await RawClient.open(server.port);
      client.send(...fits);
      expect(await client.framesUntil(1)).toMatchObject([{ opcode: Opcode.Text }]);
      client.send(...over);
      const [, close] = await client.framesUntil(2);
      expect(close).toMatchObject({ opcode: Opcode.Close });
      expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(code);
      await client.ended();
      await vi.waitFor(() => expect(server.connections.size).toBe(0));
    });

  test('pings: of more than the limit at once the latest are answered', async () => {
    const server = await start({ limits: { maxPendingPongs: 2 } });
    const client = await RawClient.open(server.port);
    client.send(...['a', 'b', 'c'].map((name) => ({ opcode: Opcode.Ping, payload: utf8(name) })), text('end'));
    const frames = await client.framesUntil(3);
    expect(frames.map(({ payload }) => new TextDecoder().decode(payload))).toEqual(['b', 'c', 'end']);
  });

  test('what waits for a client that does not read: it is dropped, and others are not', async () => {
    const { connection, client } = await startWithOne({ limits: { maxBufferedBytes: 2 ** 20 } });
    client.socket.pause();
    const closed = connection.once('closed');
    const message = new Uint8Array(2 ** 18);
    while (connection.send(message) === 'sent') await new Promise(setImmediate);
    expect(await closed).toMatchObject({ code: 1006, error: { code: 'peer-too-slow' } });
    expect(connection.send('more')).toBe('closed');
  });

  test('one message may be larger than what may wait', async () => {
    const { connection, client } = await startWithOne({ limits: { maxBufferedBytes: 1000 } });
    expect(connection.send('x'.repeat(5000))).toBe('sent');
    expect(await client.framesUntil(1)).toHaveLength(1);
  });

  test('pings of a client that does not read are answered by the latest when it reads again', async () => {
    const { connection, client } = await startWithOne();
    client.socket.pause();
    connection.send(new Uint8Array(2 ** 24));
    for (let i = 0; i < 1000; i++) client.send({ opcode: Opcode.Ping, payload: utf8(`${i}`) });
    client.send({ opcode: Opcode.Text, payload: utf8('end') });
    await connection.once('message');
    client.socket.resume();
    await client.until(() => client.received.subarray(-100).includes('999'));
    expect(client.frames.length).toBeLessThan(40);
  });

  test('a connection on which nothing passes is closed with 1001', async () => {
    const { connection, client } = await startWithOne({ idleTimeoutMs: 60 });
    const [close] = await client.framesUntil(1);
    expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(1001);
    client.send(closeFrame(1001));
    expect(await connection.once('closed')).toMatchObject({ code: 1001, wasClean: true });
  });

  test('a client that does not answer our ping is dropped', async () => {
    const { connection } = await startWithOne({ heartbeat: { intervalMs: 20, timeoutMs: 20 } });
    expect(await connection.once('closed')).toMatchObject({ code: 1006, error: { code: 'heartbeat-timeout' } });
  });

  test('a client that does not answer our close frame is dropped', async () => {
    const { connection } = await startWithOne({ closeTimeoutMs: 30 });
    expect(await connection.close()).toMatchObject({ code: 1006, error: { code: 'close-timeout' } });
  });
});

describe('a connection', () => {
  it('sends, closes with what the app says, and ends once', async () => {
    const { connection, client } = await startWithOne();
    const events: string[] = [];
    connection.on('closed', ({ type }) => events.push(type));
    expect(connection.send('a')).toBe('sent');
    const closed = connection.close(4321, 'bye');
    expect(connection.state).toEqual({ name: 'closing' });
    expect(connection.send('b')).toBe('closed');
    const frames = await client.framesUntil(2);
    expect(decodeClosePayload(frames[1]?.payload as Uint8Array)).toEqual({ code: 4321, reason: 'bye' });
    client.send(closeFrame(4321));
    expect(await closed).toMatchObject({ code: 4321, wasClean: true });
    await connection.close();
    expect(events).toEqual(['closed']);
    expect(connection.state).toMatchObject({ name: 'closed', code: 4321, wasClean: true });
  });

  it('answers the close of the client, and ends TCP first', async () => {
    const { connection, client } = await startWithOne();
    client.send(closeFrame(3000));
    const [close] = await client.framesUntil(1);
    expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(3000);
    const closed = connection.once('closed');
    await client.ended();
    expect(await closed).toMatchObject({ code: 3000, wasClean: true });
  });

  for (const { name, last, code } of [
    { name: 'the close frame', last: closeFrame(3000), code: 3000 },
    { name: 'a frame that breaks a rule', last: { ...text('x'), opcode: Opcode.Continuation }, code: 1002 },
  ])
    it(`answers what was sent right before ${name}`, async () => {
      const server = await start();
      const client = await RawClient.open(server.port);
      client.send(text('1'), text('2'), last);
      const frames = await client.framesUntil(3);
      expect(frames.map(({ opcode }) => opcode)).toEqual([Opcode.Text, Opcode.Text, Opcode.Close]);
      expect(decodeClosePayload(frames[2]?.payload as Uint8Array).code).toBe(code);
      await client.ended();
    });

  it('tells a cut line', async () => {
    const { connection, client } = await startWithOne();
    const closed = connection.once('closed');
    client.socket.resetAndDestroy();
    expect(await closed).toMatchObject({ code: 1006, wasClean: false, error: { code: 'connection-lost' } });
  });

  it('measures the round trip', async () => {
    const { connection, client } = await startWithOne();
    const ping = connection.ping();
    const [frame] = await client.framesUntil(1);
    expect(frame?.opcode).toBe(Opcode.Ping);
    client.send({ opcode: Opcode.Pong, payload: frame?.payload as Uint8Array });
    expect(await ping).toBeGreaterThanOrEqual(0);
    expect(connection.latencyMs).toBe(await ping);
    const lost = connection.ping();
    connection.terminate();
    await expect(lost).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('measures it from the first turn on, also without a heartbeat', async () => {
    const rtts: Promise<number>[] = [];
    const server = await start({ heartbeat: false }, (connection) => void rtts.push(connection.ping()));
    const client = await RawClient.open(server.port);
    const [frame] = await client.framesUntil(1);
    client.send({ opcode: Opcode.Pong, payload: frame?.payload as Uint8Array });
    expect(await rtts[0]).toBeGreaterThanOrEqual(0);
  });

  it('tells when it is drained', async () => {
    const { connection, client } = await startWithOne({ highWaterMark: 1000 });
    await connection.drained();
    client.socket.pause();
    connection.send(new Uint8Array(2 ** 24));
    expect(connection.bufferedBytes).toBe(2 ** 24);
    const drained = connection.drained();
    client.socket.resume();
    await drained;
    expect(connection.bufferedBytes).toBeLessThan(1000);
  });

  it('is read no faster than its iterator', async () => {
    const { connection, client } = await startWithOne();
    const messages = connection[Symbol.asyncIterator]();
    const first = messages.next();
    for (let i = 0; i < 100; i++)
      client.send(text(`${i}`), { opcode: Opcode.Binary, payload: new Uint8Array(2 ** 16) });
    expect((await first).value).toBe('0');
    await vi.waitFor(() => expect(client.socket.writableLength).toBeGreaterThan(0));
    for (let i = 1; i < 200; i++) await messages.next();
    await messages.return(undefined);
  });

  for (const { name, call, code } of [
    { name: 'a code that may not travel', call: (c: Connection) => c.close(1005), code: 'invalid-close-code' },
    { name: 'a code of clients', call: (c: Connection) => c.close(1010), code: 'invalid-close-code' },
    { name: 'a long reason', call: (c: Connection) => c.close(1000, 'é'.repeat(62)), code: 'invalid-close-reason' },
    { name: 'a lone surrogate', call: (c: Connection) => c.send('\ud800'), code: 'lone-surrogate' },
    { name: 'what is no message', call: (c: Connection) => c.send({} as string), code: 'invalid-message' },
  ])
    test(`refuses ${name}, and stays open`, async () => {
      const { connection } = await startWithOne();
      expect(() => call(connection)).toThrow(expect.objectContaining({ code }));
      expect(connection.state.name).toBe('open');
    });
});

describe('no message is lost', () => {
  const early = [text('1'), text('2')];

  it('to a listener that comes late, while the promise of onConnection lasts', async () => {
    const received: unknown[] = [];
    let done = () => {};
    const finished = new Promise<void>((resolve) => {
      done = resolve;
    });
    const server = await start({}, async (connection) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      connection.on('message', ({ data }) => {
        received.push(data);
        if (received.length === 2) done();
      });
    });
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', ...handshakeHeaders), ...early);
    await finished;
    expect(received).toEqual(['1', '2']);
  });

  it('to an iterator in a function that lasts as long as the connection', async () => {
    const server = await start({}, async (connection) => {
      for await (const message of connection) connection.send(message);
    });
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', ...handshakeHeaders), ...early);
    expect(await client.framesUntil(2)).toHaveLength(2);
  });

  it('and who never listens is answered all the same, after a time', async () => {
    const server = await start({ handshakeTimeoutMs: 30 }, () => new Promise(() => {}));
    const client = await RawClient.open(server.port);
    client.send({ opcode: Opcode.Ping, payload: utf8('x') });
    expect(await client.framesUntil(1)).toMatchObject([{ opcode: Opcode.Pong }]);
  });

  for (const { name, onConnection } of [
    {
      name: 'throws',
      onConnection: () => {
        throw new Error('secret');
      },
    },
    { name: 'rejects', onConnection: () => Promise.reject(new Error('secret')) },
  ])
    test(`an onConnection that ${name} closes with 1011 and tells nothing`, async () => {
      const server = await start({}, onConnection);
      const client = await RawClient.open(server.port);
      const [close] = await client.framesUntil(1);
      expect(decodeClosePayload(close?.payload as Uint8Array)).toEqual({ code: 1011, reason: 'internal error' });
    });
});

describe('a broadcast', () => {
  it('reaches all who are open, and answers how many', async () => {
    const server = await start();
    const clients = [await RawClient.open(server.port), await RawClient.open(server.port)];
    expect(server.broadcast('all')).toBe(2);
    for (const client of clients) expect((await client.framesUntil(1))[0]?.payload).toEqual(utf8('all'));
    for (const connection of server.connections) connection.terminate();
    expect(server.broadcast('none')).toBe(0);
  });

  it('refuses what is no message', async () => {
    const server = await start();
    expect(() => server.broadcast('\udc00')).toThrow(expect.objectContaining({ code: 'lone-surrogate' }));
  });
});

describe('a server that closes', () => {
  it('tells all to go away, and ends when they have gone', async () => {
    const server = await start();
    const client = await RawClient.open(server.port);
    const closed = server.close();
    const [close] = await client.framesUntil(1);
    expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(1001);
    client.send(closeFrame(1001));
    await client.ended();
    await closed;
    expect(server.connections.size).toBe(0);
    await expect(RawClient.connect(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('drops after its limit who does not go', async () => {
    const server = await start({ closeTimeoutMs: 30 });
    const client = await RawClient.open(server.port);
    await server.close();
    await client.until(() => client.hasEnded || client.hasClosed);
  });

  it('refuses handshakes that are under way with 503', async () => {
    const server = await start();
    const client = await RawClient.connect(server.port);
    client.send('GET / HTTP/1.1\r\n');
    await RawClient.open(server.port);
    const closed = server.close();
    expect(await client.response()).toMatch(/^HTTP\/1\.1 503 /);
    await client.ended();
    await closed;
  });

  it('is asked twice, and closes once', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
  });
});

describe('a server on an HTTP server of the app', () => {
  async function startHttp(...options: CommonServeOptions[]): Promise<{ port: number; servers: Server[] }> {
    const http = createHttpServer((_, response) => response.end('page'));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    running.push({ close: () => new Promise((resolve) => http.close(resolve)) });
    const servers = [];
    for (const each of options) {
      const server = await serve({ server: http, closeTimeoutMs: 200, ...each }, (connection) => {
        connection.send(each.path ?? 'any');
        echo(connection);
      });
      running.unshift(server);
      servers.push(server);
    }
    return { port: (http.address() as AddressInfo).port, servers };
  }

  it('takes its upgrades, and leaves its pages alone', async () => {
    const { port, servers } = await startHttp({});
    const client = await RawClient.open(port);
    client.send(text('hello'));
    expect(await client.framesUntil(2)).toHaveLength(2);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('page');
    expect(servers[0]?.port).toBe(port);
    client.send(closeFrame(1000));
    await client.ended();
  });

  for (const { name, createServer } of [
    { name: 'HTTPS', createServer: () => createHttpsServer(localhostCertificate) },
    {
      name: 'HTTP/2 and HTTP/1.1',
      createServer: () => createSecureServer({ ...localhostCertificate, allowHTTP1: true }),
    },
  ])
    it(`may be one of ${name}`, async () => {
      const http = createServer().listen(0, '127.0.0.1');
      await once(http, 'listening');
      const server = await serve({ server: http }, echo);
      running.push(server, { close: () => new Promise((resolve) => http.close(resolve)) });
      const tls = { ca: localhostCertificate.cert };
      const client = connect(`wss://localhost:${server.port}/`, { tls, reconnect: false });
      client.send('hello');
      expect((await client.once('message')).data).toBe('hello');
      await client.close();
    });

  it('shares it with others by their paths', async () => {
    const { port } = await startHttp({ path: '/a' }, { path: '/b' });
    for (const { path, answer } of [
      { path: '/a?x', answer: '/a' },
      { path: '/b', answer: '/b' },
    ]) {
      const client = await RawClient.connect(port);
      client.request(path);
      expect((await client.framesUntil(1))[0]?.payload).toEqual(utf8(answer));
      client.send(closeFrame(1000));
      await client.ended();
    }
    const absolute = await RawClient.connect(port);
    absolute.request('http://127.0.0.1/b');
    expect(await absolute.response()).toMatch(/ 101 /);
    absolute.send(closeFrame(1000));
    await absolute.ended();
    const client = await RawClient.connect(port);
    client.request('/c');
    expect(await client.response()).toMatch(/^HTTP\/1\.1 404 /);
    await client.ended();
  });

  it('ends a socket whose client has ended its side', async () => {
    const { port, servers } = await startHttp({});
    const client = await RawClient.open(port);
    const [connection] = (servers[0] as Server).connections;
    const closed = connection?.once('closed');
    client.socket.end();
    expect(await closed).toMatchObject({ code: 1006, error: { code: 'connection-lost' } });
  });

  it('refuses with 503 who comes while it closes, also on a socket that was kept alive', async () => {
    const onRefused = vi.fn<NonNullable<ServeOptions['onRefused']>>();
    const { port, servers } = await startHttp({ path: '/live', onRefused, closeTimeoutMs: 5_000 });
    const kept = await RawClient.connect(port);
    kept.send(head('GET /page HTTP/1.1', 'Host: a'));
    await kept.until(() => kept.received.includes('page'));
    const client = await RawClient.connect(port);
    client.request('/live');
    await client.framesUntil(1);
    const closed = servers[0]?.close();
    await client.framesUntil(2);
    const before = kept.received.length;
    kept.request('/live');
    await kept.until(() => kept.received.includes('\r\n\r\n', before));
    expect(kept.received.toString('latin1', before)).toMatch(/^HTTP\/1\.1 503 /);
    const fresh = await RawClient.connect(port);
    fresh.request('/live');
    expect(await fresh.response()).toMatch(/^HTTP\/1\.1 503 /);
    expect(onRefused.mock.calls.map(([{ status }, request]) => [status, request?.url])).toEqual([
      [503, '/live'],
      [503, '/live'],
    ]);
    client.send(closeFrame(1001));
    await Promise.all([client.ended(), kept.ended(), fresh.ended()]);
    await closed;
  });

  for (const { name, options, lines, status } of [
    { name: 'an origin that may not connect', options: {}, lines: ['Origin: http://evil.test'], status: 403 },
    { name: 'headers over a limit', options: { limits: { maxHeaders: 4 } }, lines: [], status: 431 },
    { name: 'an app that refuses', options: { authorize: () => false }, lines: [], status: 403 },
    {
      name: 'an app that does not answer',
      options: { handshakeTimeoutMs: 30, authorize: () => new Promise<boolean>(() => {}) },
      lines: [],
      status: 408,
    },
  ])
    it(`tells which request it refuses: ${name}`, async () => {
      const onRefused = vi.fn<NonNullable<ServeOptions['onRefused']>>();
      const { port } = await startHttp({ ...options, onRefused });
      const client = await RawClient.connect(port);
      client.request('/live?x', 'Sec-WebSocket-Protocol: a, b', ...lines);
      await client.ended();
      expect(onRefused).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ status }),
        expect.objectContaining({ url: '/live?x', protocols: ['a', 'b'], remoteAddress: '127.0.0.1' }),
      );
    });

  it('stops to listen, and the HTTP server goes on', async () => {
    const { port, servers } = await startHttp({});
    await servers[0]?.close();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('page');
  });
});

describe('options that are wrong', () => {
  for (const { name, options, code } of [
    { name: 'neither port nor server', options: {}, code: 'invalid-option' },
    { name: 'a port as text', options: { port: '80' as unknown as number }, code: 'invalid-option' },
    { name: 'a port too high', options: { port: 65_536 }, code: 'invalid-option' },
    { name: 'both port and server', options: { port: 0, server: createHttpServer() }, code: 'invalid-option' },
    { name: 'a server that is none', options: { server: {} }, code: 'invalid-option' },
    { name: 'a server of HTTP/2 alone', options: { server: createHttp2Server() }, code: 'invalid-option' },
    { name: 'the same with TLS', options: { server: createSecureServer() }, code: 'invalid-option' },
    { name: 'a host besides a server', options: { server: createHttpServer(), host: 'a' }, code: 'invalid-option' },
    { name: 'tls besides a server', options: { server: createHttpServer(), tls: {} }, code: 'invalid-option' },
    { name: 'a typo', options: { port: 0, prot: 1 }, code: 'unknown-option' },
    { name: 'a typo in a limit', options: { port: 0, limits: { maxConections: 1 } }, code: 'unknown-option' },
    { name: 'limits off', options: { port: 0, limits: false as unknown as object }, code: 'invalid-option' },
    { name: 'a path that is none', options: { port: 0, path: 'chat' }, code: 'invalid-option' },
    { name: 'a sub-protocol that is no token', options: { port: 0, protocols: ['a b'] }, code: 'invalid-protocol' },
    { name: 'an origin that is none', options: { port: 0, origin: 5 as unknown as string }, code: 'invalid-option' },
    {
      name: 'a list of compressions, where a server has one',
      options: { port: 0, compression: [{}, {}] as unknown as true },
      code: 'invalid-option',
    },
    { name: 'a certificate that is none', options: { port: 0, tls: { cert: 'x', key: 'y' } }, code: 'invalid-option' },
  ])
    test(`${name}: ${code}`, async () => {
      await expect(serve(options as ServeOptions, echo)).rejects.toMatchObject({ code });
    });
});
