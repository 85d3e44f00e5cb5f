import { type FrameInit, formatFrame, Opcode } from '@holdfast/core';
import type { Client, ClientEvent, ClosedEvent, DisconnectedEvent } from '@holdfast/core/adapter';
import { describe, expect, it, test } from 'vitest';
import { connect } from './connect.ts';
import type { ConnectOptions } from './options.ts';
import { head, headerOf, RawServer, switching } from './raw-server.test-helper.ts';

const text = (payload: string): FrameInit => ({ opcode: Opcode.Text, payload: Buffer.from(payload) });
const close = (code: number): FrameInit => ({ opcode: Opcode.Close, payload: Uint8Array.of(code >> 8, code & 255) });
const types = ['connecting', 'open', 'message', 'disconnected', 'waiting', 'error', 'closed'] as const;

interface Followed {
  readonly client: Client;
  readonly told: ClientEvent[];
  /** The name of each event. */
  readonly names: () => string[];
  readonly closed: Promise<ClosedEvent>;
  readonly disconnected: () => DisconnectedEvent;
}

/** A client that does not come back, and all that it tells. */
function follow(url: string, options: ConnectOptions = {}): Followed {
  const client = connect(url, { reconnect: false, ...options });
  const told: ClientEvent[] = [];
  for (const type of types) client.on(type, (event) => void told.push(event));
  return {
    client,
    told,
    names: () => told.map(({ type }) => type),
    closed: client.once('closed'),
    disconnected: () => told.find((event) => event.type === 'disconnected') as DisconnectedEvent,
  };
}

/** Waits for the end of a client that must not open, and answers its error. */
async function failure(url: string, options?: ConnectOptions) {
  const { closed, names, disconnected } = follow(url, options);
  await closed;
  expect(names()).toEqual(['connecting', 'disconnected', 'closed']);
  expect(disconnected()).toMatchObject({ code: 1006, reason: '', wasClean: false, willReconnect: false });
  return disconnected().error;
}

const codeOf = ({ payload }: { payload: Uint8Array }) =>
  payload.length < 2 ? 1005 : Buffer.from(payload).readUInt16BE();

/** A server that answers each request with what is made of its key. */
const answering = (answer: (key: string) => string) =>
  RawServer.start(async (connection) => {
    connection.send(answer(headerOf(await connection.request(), 'sec-websocket-key')));
  });

describe('a response that is no acceptance is told by its own code', () => {
  const status = 'HTTP/1.1 101 Switching Protocols';
  const other = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
  const without = (key: string, name: string) => switching(key).filter((line) => !line.startsWith(name));
  for (const { name, answer, options, code } of [
    {
      name: 'the accept of another key',
      answer: (key: string) => head(status, ...without(key, 'Sec-'), `Sec-WebSocket-Accept: ${other}`),
      code: 'handshake-accept',
    },
    { name: 'no accept', answer: (key: string) => head(status, ...without(key, 'Sec-')), code: 'handshake-accept' },
    {
      name: 'accept twice',
      answer: (key: string) => head(status, ...switching(key), switching(key)[2] ?? ''),
      code: 'handshake-accept',
    },
    {
      name: 'no Upgrade',
      answer: (key: string) => head(status, ...without(key, 'Upgrade')),
      code: 'handshake-upgrade',
    },
    {
      name: 'Upgrade twice',
      answer: (key: string) => head(status, ...switching(key), 'Upgrade: websocket'),
      code: 'handshake-upgrade',
    },
    {
      name: 'another Upgrade',
      answer: (key: string) => head(status, 'Upgrade: h2c', ...without(key, 'Upgrade')),
      code: 'handshake-upgrade',
    },
    {
      name: 'no Connection',
      answer: (key: string) => head(status, ...without(key, 'Conn')),
      code: 'handshake-connection',
    },
    {
      name: 'another Connection',
      answer: (key: string) => head(status, 'Connection: close', ...without(key, 'Conn')),
      code: 'handshake-connection',
    },
    {
      name: 'a sub-protocol that nobody asked for',
      answer: (key: string) => head(status, ...switching(key), 'Sec-WebSocket-Protocol: chat'),
      code: 'handshake-protocol',
    },
    {
      name: 'a sub-protocol that is not taken up',
      answer: (key: string) => head(status, ...switching(key)),
      options: { protocols: 'chat' },
      code: 'handshake-protocol',
    },
    {
      name: 'an extension that nobody asked for',
      answer: (key: string) => head(status, ...switching(key), 'Sec-WebSocket-Extensions: permessage-deflate'),
      options: { compression: false as const },
      code: 'handshake-extension',
    },
    {
      name: 'a folded line',
      answer: (key: string) => head(status, ...switching(key), 'X-A: b', ' c'),
      code: 'http-malformed',
    },
    {
      name: 'bare LFs',
      answer: (key: string) => head(status, ...switching(key)).replaceAll('\r', ''),
      code: 'http-malformed',
    },
    {
      name: 'a bare LF in one line',
      answer: (key: string) => head(status, ...switching(key), 'X-A: b\nX-C: d'),
      code: 'http-malformed',
    },
    {
      name: 'NUL in a header',
      answer: (key: string) => head(status, ...switching(key), 'X-A: b\0'),
      code: 'http-malformed',
    },
    { name: 'HTTP/1.0', answer: (key: string) => head('HTTP/1.0 101 x', ...switching(key)), code: 'http-malformed' },
    { name: 'another protocol', answer: () => 'SSH-2.0-OpenSSH_9.6\r\n', code: 'http-malformed' },
    { name: 'bytes of any kind', answer: () => '\x15\x03\x01\x00\x02\x02\x0a', code: 'http-malformed' },
    {
      name: 'a head over 16 KiB',
      answer: (key: string) => head(status, ...switching(key), `X-A: ${'b'.repeat(16 * 1024)}`),
      code: 'http-too-large',
    },
    {
      name: 'a head that does not end',
      answer: () => `${status}\r\nX-A: ${'b'.repeat(17 * 1024)}`,
      code: 'http-too-large',
    },
    {
      name: 'more than 100 headers (CVE-2024-37890)',
      answer: (key: string) => head(status, ...switching(key), ...Array<string>(98).fill('X-A: b')),
      code: 'http-too-large',
    },
    {
      name: 'a head over a limit of the app',
      answer: (key: string) => head(status, ...switching(key)),
      options: { limits: { maxHeaderBytes: 64 } },
      code: 'http-too-large',
    },
    {
      name: 'more headers than a limit of the app',
      answer: (key: string) => head(status, ...switching(key)),
      options: { limits: { maxHeaders: 2 } },
      code: 'http-too-large',
    },
  ]) {
    test(name, async () => {
      const server = await answering(answer);
      expect(await failure(server.url, options)).toMatchObject({ code });
      await server.latest.until(() => server.latest.hasEnded || server.latest.hasClosed);
    });
  }

  test('one that is cut in the middle', async () => {
    const server = await RawServer.start(async (connection) => {
      await connection.request();
      connection.send(`${status}\r\nUpgr`);
      connection.socket.end();
    });
    expect(await failure(server.url)).toMatchObject({ code: 'connection-lost' });
  });

  test('none at all', async () => {
    const server = await RawServer.start(() => {});
    expect(await failure(server.url, { connectTimeoutMs: 50 })).toMatchObject({ code: 'connect-timeout' });
    const { latest } = server;
    await latest.until(() => latest.hasEnded || latest.hasClosed);
  });
});

describe('a refusal by status is told with its headers and its body', () => {
  for (const { name, answer, status, headers, body } of [
    {
      name: '401 with a body of a known length',
      answer: `${head('HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Bearer', 'Content-Length: 9')}no token!`,
      status: 401,
      headers: { 'www-authenticate': 'Bearer', 'content-length': '9' },
      body: 'no token!',
    },
    {
      name: '500 with a body in chunks',
      answer: `${head('HTTP/1.1 500 Oops', 'Transfer-Encoding: chunked')}5\r\nout o\r\n7\r\nf order\r\n0\r\n\r\n`,
      status: 500,
      headers: { 'transfer-encoding': 'chunked' },
      body: 'out of order',
    },
    {
      name: '302, which is not followed',
      answer: head('HTTP/1.1 302 Found', 'Location: ws://other.test/', 'Content-Length: 0'),
      status: 302,
      headers: { location: 'ws://other.test/' },
      body: '',
    },
    { name: '200', answer: head('HTTP/1.1 200 OK', 'Content-Length: 0'), status: 200, headers: {}, body: '' },
  ]) {
    test(name, async () => {
      const server = await answering(() => answer);
      const error = await failure(server.url);
      expect(error).toMatchObject({ code: 'http-status', status, headers, body });
    });
  }
});

describe('the request', () => {
  it('carries what the app asks for', async () => {
    const server = await RawServer.start(async (connection) => {
      connection.send(await connection.acceptance('Sec-WebSocket-Protocol: b'));
    });
    const { client } = follow(`${server.url}path?q=1`, {
      protocols: ['a', 'b'],
      headers: { Authorization: 'Bearer x' },
      origin: 'https://app.test',
    });
    const opened = await client.once('open');
    expect([opened.protocol, client.protocol]).toEqual(['b', 'b']);
    const request = await server.latest.request();
    expect(request).toMatch(/^GET \/path\?q=1 HTTP\/1\.1\r\n/);
    expect(headerOf(request, 'host')).toBe(`127.0.0.1:${server.port}`);
    expect(headerOf(request, 'authorization')).toBe('Bearer x');
    expect(headerOf(request, 'origin')).toBe('https://app.test');
    expect(headerOf(request, 'sec-websocket-protocol')).toBe('a, b');
    client.close().catch(() => {});
  });

  for (const { name, call, code } of [
    {
      name: 'a header',
      call: () => connect('ws://a.test/', { headers: { A: 'b\r\nEvil: 1' } }),
      code: 'invalid-header',
    },
    { name: 'the origin', call: () => connect('ws://a.test/', { origin: 'a\r\nEvil: 1' }), code: 'invalid-header' },
    {
      name: 'a sub-protocol',
      call: () => connect('ws://a.test/', { protocols: 'a\r\nEvil: 1' }),
      code: 'invalid-protocol',
    },
  ]) {
    test(`is not made with CRLF in ${name} (CVE-2026-1527)`, () => {
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  }

  it('has no line of its own making for CRLF in the URL (CVE-2026-1527)', async () => {
    const server = await answering((key) => head('HTTP/1.1 101 x', ...switching(key)));
    const { client } = follow(`${server.url}a\r\nEvil: 1?b=%0d%0aEvil:%201`);
    await client.once('open');
    expect(await server.latest.request()).not.toMatch(/^Evil/im);
    client.close().catch(() => {});
  });
});

describe('an open connection', () => {
  it('tells the frames that came in one segment with the head', async () => {
    const server = await RawServer.start((connection) => connection.accept(text('a'), text('b'), close(1000)));
    const { closed, names, told } = follow(server.url);
    await server.connected();
    await server.latest.framesUntil(1);
    server.latest.socket.end();
    await closed;
    expect(names()).toEqual(['connecting', 'open', 'message', 'message', 'disconnected', 'closed']);
    expect(told.filter(({ type }) => type === 'message')).toMatchObject([{ data: 'a' }, { data: 'b' }]);
  });

  it('takes a head byte by byte, behind an interim response', async () => {
    const server = await RawServer.start(async (connection) => {
      const bytes = Buffer.from(head('HTTP/1.1 103 Early Hints', 'Link: </a>') + (await connection.acceptance()));
      for (const byte of bytes) {
        connection.send(Uint8Array.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      connection.send(text('hi'));
    });
    const { client, names } = follow(server.url);
    expect(await client.once('message')).toMatchObject({ data: 'hi' });
    expect(names()).toEqual(['connecting', 'open', 'message']);
    client.close().catch(() => {});
  });

  it('masks each frame with a fresh key (CVE-2025-10148)', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const { client } = follow(server.url);
    await client.once('open');
    for (let count = 0; count < 100; count++) client.send('same');
    const frames = await server.latest.framesUntil(100);
    const keys = frames.map(({ maskingKey }) => Buffer.from(maskingKey ?? []).toString('hex'));
    expect(new Set(keys).size).toBe(100);
    expect(frames.map(({ payload }) => Buffer.from(payload).toString())).toEqual(Array(100).fill('same'));
    client.close().catch(() => {});
  });

  it('RFC 6455 5.1: answers a masked frame with close frame 1002, before it ends TCP', async () => {
    const server = await RawServer.start((connection) =>
      connection.accept(text('counts'), { ...text('masked'), maskingKey: Uint8Array.of(1, 2, 3, 4) }),
    );
    const { closed, disconnected, names } = follow(server.url);
    const connection = await server.connected();
    const [frame] = await connection.framesUntil(1);
    expect(formatFrame(frame as FrameInit)).toMatch(/^CLOSE .*: 1002 "mask-unexpected/);
    expect(connection.hasEnded).toBe(false);
    connection.socket.end();
    await closed;
    await connection.until(() => connection.hasEnded);
    expect(connection.frames).toHaveLength(1);
    expect(names()).toEqual(['connecting', 'open', 'message', 'disconnected', 'closed']);
    expect(disconnected()).toMatchObject({ code: 1006, wasClean: false, error: { code: 'mask-unexpected' } });
  });

  for (const { name, hex, code, closeCode } of [
    { name: 'a reserved bit (CVE-2026-59881)', hex: 'c1 01 61', code: 'reserved-bits', closeCode: 1002 },
    { name: 'a text that is not UTF-8', hex: '81 02 c3 28', code: 'utf8-invalid', closeCode: 1007 },
    { name: 'a length over the limit', hex: '82 7f 00 00 00 01 00 00 00 00', code: 'frame-too-large', closeCode: 1009 },
  ]) {
    test(`answers ${name} with close frame ${closeCode}`, async () => {
      const server = await RawServer.start(async (connection) => {
        connection.send(await connection.acceptance(), Buffer.from(hex.replaceAll(' ', ''), 'hex'));
      });
      const { closed, disconnected } = follow(server.url);
      const connection = await server.connected();
      expect((await connection.framesUntil(1)).map(codeOf)).toEqual([closeCode]);
      connection.socket.end();
      await closed;
      expect(disconnected()).toMatchObject({ code: 1006, error: { code } });
    });
  }

  it('is cut by a server that is gone without a close frame', async () => {
    const server = await RawServer.start(async (connection) => {
      await connection.accept(text('last'));
      connection.socket.end();
    });
    const { closed, disconnected, names } = follow(server.url);
    await closed;
    expect(names()).toEqual(['connecting', 'open', 'message', 'disconnected', 'closed']);
    expect(disconnected()).toMatchObject({ code: 1006, wasClean: false, error: { code: 'connection-lost' } });
  });
});

describe('RFC 6455 7: the closing handshake', () => {
  it('begun by the client', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const { client, names, disconnected } = follow(server.url);
    await client.once('open');
    const closing = client.close(4000, 'bye');
    const [frame] = await server.latest.framesUntil(1);
    expect(Buffer.from(frame?.payload ?? []).toString('utf8', 2)).toBe('bye');
    server.latest.send(text('late'), close(4000));
    server.latest.socket.end();
    expect(await closing).toMatchObject({ code: 4000, wasClean: true });
    expect(names()).toEqual(['connecting', 'open', 'message', 'disconnected', 'closed']);
    expect(disconnected().error).toBeUndefined();
  });

  it('begun by the server', async () => {
    const server = await RawServer.start((connection) => connection.accept(close(1001)));
    const { closed, disconnected } = follow(server.url);
    const connection = await server.connected();
    expect((await connection.framesUntil(1)).map(codeOf)).toEqual([1001]);
    expect(connection.hasEnded, 'the server ends TCP first (RFC 6455 7.1.1)').toBe(false);
    connection.socket.end();
    expect(await closed).toMatchObject({ code: 1001, wasClean: true });
    expect(disconnected()).toMatchObject({ code: 1001, wasClean: true });
  });

  it('begun by both at once', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const { client, closed } = follow(server.url);
    await client.once('open');
    server.latest.send(close(4001));
    client.close(4000).catch(() => {});
    const frames = await server.latest.framesUntil(1);
    server.latest.socket.end();
    expect(frames.map(codeOf)).toEqual([4000]);
    expect(await closed).toMatchObject({ code: 4001, wasClean: true });
  });

  it('with a server that never ends TCP is ended by the client', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const { client } = follow(server.url, { closeTimeoutMs: 40 });
    await client.once('open');
    const closing = client.close();
    await server.latest.framesUntil(1);
    server.latest.send(close(1000));
    expect(await closing).toMatchObject({ code: 1000, wasClean: true });
    await server.latest.until(() => server.latest.hasEnded);
  });

  it('with a server that never answers ends with close-timeout', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const { client } = follow(server.url, { closeTimeoutMs: 40 });
    await client.once('open');
    expect(await client.close()).toMatchObject({ code: 1006, wasClean: false, error: { code: 'close-timeout' } });
    await server.latest.until(() => server.latest.hasEnded || server.latest.hasClosed);
  });
});
