import { once } from 'node:events';
import { CloseCode, type FrameInit, Opcode } from '@holdfast/core';
import { describe, expect, it, test } from 'vitest';
import { localhostCertificate } from '../certificates.test-helper.ts';
import { head, headerOf, type RawConnection, RawServer } from '../raw-server.test-helper.ts';
import type { WebSocketOptions } from './options.ts';
import { WebSocket } from './web-socket.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (payload: string): FrameInit => ({ opcode: Opcode.Text, payload: utf8(payload) });
const binary = (...payload: number[]): FrameInit => ({ opcode: Opcode.Binary, payload: Uint8Array.from(payload) });
const closeFrame = (code?: number, reason = ''): FrameInit => ({
  opcode: Opcode.Close,
  payload: code === undefined ? new Uint8Array(0) : Buffer.concat([Uint8Array.of(code >> 8, code & 255), utf8(reason)]),
});

/** One line for each event, with what it carries and the state in which it came. */
function keepDiary(socket: WebSocket): string[] {
  const diary: string[] = [];
  socket.addEventListener('open', () => diary.push(`open ${socket.readyState}`));
  socket.addEventListener('message', ({ data }) => diary.push(`message ${data} ${socket.readyState}`));
  socket.addEventListener('error', () => diary.push(`error ${socket.readyState}`));
  socket.addEventListener('close', ({ code, reason, wasClean }) => {
    diary.push(`close ${code} ${JSON.stringify(reason)} ${wasClean ? 'clean' : 'not clean'} ${socket.readyState}`);
  });
  return diary;
}

const ended = (socket: WebSocket) => once(socket, 'close');
const opened = (socket: WebSocket) => once(socket, 'open');
const fiveHops = async () => {
  for (let hop = 0; hop < 5; hop++) await Promise.resolve();
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Accepts, and answers each close frame with its own payload, and the end of TCP. */
async function polite(connection: RawConnection, ...frames: FrameInit[]): Promise<void> {
  await connection.accept(...frames);
  const isClose = ({ opcode }: { opcode: number }) => opcode === Opcode.Close;
  await connection.until(() => connection.frames.some(isClose));
  connection.send({ opcode: Opcode.Close, payload: connection.frames.find(isClose)?.payload ?? new Uint8Array(0) });
  connection.socket.end();
}

/** An open socket, and its server's side, which answers nothing by itself. */
async function openSocket(options?: WebSocketOptions) {
  const server = await RawServer.start((connection) => connection.accept());
  const socket = new WebSocket(server.url, [], options);
  await opened(socket);
  return { socket, peer: server.latest, diary: keepDiary(socket) };
}

describe('an opening handshake', () => {
  it('is CONNECTING, then OPEN when `open` comes', async () => {
    const server = await RawServer.start((connection) => polite(connection));
    const socket = new WebSocket(server.url);
    const diary = keepDiary(socket);
    expect([socket.readyState, socket.url, socket.protocol, socket.extensions, socket.bufferedAmount]).toEqual([
      0,
      server.url,
      '',
      '',
      0,
    ]);
    await opened(socket);
    socket.close(1000, 'bye');
    await ended(socket);
    expect(diary).toEqual(['open 1', 'close 1000 "bye" clean 3']);
  });

  it('offers the sub-protocols, and tells the one that was chosen', async () => {
    const server = await RawServer.start(async (connection) => {
      connection.send(await connection.acceptance('Sec-WebSocket-Protocol: v1'));
    });
    const socket = new WebSocket(server.url, ['v2', 'v1']);
    await opened(socket);
    expect(socket.protocol).toBe('v1');
    expect(headerOf(await server.latest.request(), 'sec-websocket-protocol')).toBe('v2, v1');
  });

  it('sends the headers and the origin of the options', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    await opened(new WebSocket(server.url, [], { headers: { 'X-Token': 't' }, origin: 'https://a.test' }));
    const request = await server.latest.request();
    expect([headerOf(request, 'x-token'), headerOf(request, 'origin')]).toEqual(['t', 'https://a.test']);
  });

  it('waits for headers that are asked for', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    await opened(new WebSocket(server.url, [], { headers: async () => ({ 'X-Token': 'later' }) }));
    expect(headerOf(await server.latest.request(), 'x-token')).toBe('later');
  });

  it('speaks TLS as its options say', async () => {
    const server = await RawServer.start((connection) => polite(connection), localhostCertificate);
    const socket = new WebSocket(`https://localhost:${server.port}/`, [], { tls: { ca: localhostCertificate.cert } });
    const diary = keepDiary(socket);
    expect(socket.url).toBe(`wss://localhost:${server.port}/`);
    await opened(socket);
    socket.close();
    await ended(socket);
    expect(diary).toEqual(['open 1', 'close 1005 "" clean 3']);
  });
});

describe('a connection that cannot be made tells `error`, then `close`, both CLOSED', () => {
  const failed = ['error 3', 'close 1006 "" not clean 3'];

  it.for<[name: string, script: (connection: RawConnection) => unknown, code: string, protocols?: string[]]>([
    ['a refusal', (peer) => peer.send(head('HTTP/1.1 403 No', 'Content-Length: 0')), 'http-status'],
    ['no HTTP', (peer) => peer.send('SSH-2.0-x\r\n\r\n'), 'http-malformed'],
    [
      'a wrong accept key',
      (peer) =>
        peer.send(head('HTTP/1.1 101 x', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: x')),
      'handshake-accept',
    ],
    [
      'a sub-protocol that was not offered',
      async (peer) => peer.send(await peer.acceptance('Sec-WebSocket-Protocol: other')),
      'handshake-protocol',
      ['mine'],
    ],
    ['no sub-protocol of those offered', (peer) => peer.accept(), 'handshake-protocol', ['mine']],
    [
      'an extension that was not offered',
      async (peer) => peer.send(await peer.acceptance('Sec-WebSocket-Extensions: x-other')),
      'handshake-extension',
    ],
    ['the end of TCP', (peer) => peer.socket.end(), 'connection-lost'],
    [
      'a reset',
      async (peer) => {
        await peer.request();
        peer.socket.resetAndDestroy();
      },
      'tcp-failed',
    ],
  ])('by %s', async ([, script, code, protocols = []]) => {
    const server = await RawServer.start(script);
    const socket = new WebSocket(server.url, protocols);
    const diary = keepDiary(socket);
    const [event] = (await Promise.all([once(socket, 'error'), ended(socket)]))[0];
    expect(diary).toEqual(failed);
    expect(event).toMatchObject({ error: { code }, message: expect.stringContaining(code) });
  });

  it('by a port on which nobody listens', async () => {
    const server = await RawServer.start(() => {});
    const { url } = server;
    await server.stop();
    const socket = new WebSocket(url);
    const diary = keepDiary(socket);
    await ended(socket);
    expect(diary).toEqual(failed);
  });

  it('by headers that are not to be had', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url, [], {
      headers: () => {
        throw new Error('no token');
      },
    });
    const diary = keepDiary(socket);
    await ended(socket);
    expect(diary).toEqual(failed);
    expect(server.connections).toEqual([]);
  });

  it('by the time limit', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url, [], { connectTimeoutMs: 20 });
    const diary = keepDiary(socket);
    const [[event]] = await Promise.all([once(socket, 'error'), ended(socket)]);
    expect(diary).toEqual(failed);
    expect(event.error).toMatchObject({ code: 'connect-timeout' });
  });

  it('by close() while CONNECTING, which is CLOSING until then', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    const diary = keepDiary(socket);
    const connection = await server.connected();
    socket.close(1000, 'never mind');
    expect([socket.readyState, diary]).toEqual([2, []]);
    await ended(socket);
    expect(diary).toEqual(failed);
    await connection.until(() => connection.hasEnded || connection.hasClosed);
  });

  it('by close() in the turn of the constructor', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    socket.close();
    const diary = keepDiary(socket);
    expect([socket.readyState, diary]).toEqual([2, []]);
    await ended(socket);
    expect(diary).toEqual(failed);
  });

  it('by close() when headers are still asked for, which may fail later', async () => {
    const server = await RawServer.start(() => {});
    let fail = () => {};
    const headers = () =>
      new Promise<never>((_, reject) => {
        fail = () => reject(new Error('late'));
      });
    const socket = new WebSocket(server.url, [], { headers });
    const diary = keepDiary(socket);
    await turn();
    socket.close();
    await ended(socket);
    fail();
    await turn();
    expect(diary).toEqual(failed);
  });
});

describe('messages', () => {
  it('come each in a turn of its own, with the handshake too', async () => {
    const server = await RawServer.start((connection) => connection.accept(text('a'), text('b')));
    const socket = new WebSocket(server.url);
    await opened(socket);
    // Only now, as after any await, does somebody listen.
    const diary = keepDiary(socket);
    socket.addEventListener('message', ({ data }) => void fiveHops().then(() => diary.push(`after ${data}`)));
    await once(socket, 'message');
    await once(socket, 'message');
    await turn();
    expect(diary).toEqual(['message a 1', 'after a', 'message b 1', 'after b']);
  });

  it('have the origin of the URL', async () => {
    const server = await RawServer.start((connection) => connection.accept(text('a')));
    const socket = new WebSocket(`http://me:word@127.0.0.1:${server.port}/path?query`);
    const [event] = await once(socket, 'message');
    expect([event.origin, event.type, event.data]).toEqual([`ws://127.0.0.1:${server.port}`, 'message', 'a']);
    expect(event).toBeInstanceOf(MessageEvent);
  });

  it('of bytes are what binaryType says when they are told', async () => {
    const { socket, peer } = await openSocket();
    const next = async () => {
      peer.send(binary(1, 2, 3));
      const [{ data }] = await once(socket, 'message');
      return data;
    };
    const blob = await next();
    expect(blob).toBeInstanceOf(Blob);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    socket.binaryType = 'arraybuffer';
    const buffer = await next();
    expect(buffer).toBeInstanceOf(ArrayBuffer);
    expect(new Uint8Array(buffer)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('that are empty are empty', async () => {
    const { socket, peer } = await openSocket();
    socket.binaryType = 'arraybuffer';
    peer.send(text(''), binary());
    const [first] = await once(socket, 'message');
    const [second] = await once(socket, 'message');
    expect([first.data, second.data.byteLength]).toEqual(['', 0]);
  });

  it('of one chunk have buffers of their own', async () => {
    const { socket, peer } = await openSocket();
    socket.binaryType = 'arraybuffer';
    peer.send(binary(1), binary(2));
    const [first] = await once(socket, 'message');
    new Uint8Array(first.data).fill(9);
    const [second] = await once(socket, 'message');
    expect([first.data.byteLength, new Uint8Array(second.data)]).toEqual([1, Uint8Array.of(2)]);
  });

  it('are told no more after close()', async () => {
    const { socket, peer, diary } = await openSocket();
    socket.addEventListener('message', () => socket.close(), { once: true });
    peer.send(text('a'), text('b'));
    await peer.framesUntil(1);
    peer.send(text('c'), closeFrame());
    peer.socket.end();
    await ended(socket);
    expect(diary).toEqual(['message a 1', 'close 1005 "" clean 3']);
  });

  it('before a close frame are told while OPEN, also in one chunk with it', async () => {
    const { socket, peer, diary } = await openSocket();
    peer.send(text('a'), text('b'), closeFrame(1000, 'done'));
    peer.socket.end();
    await ended(socket);
    expect(diary).toEqual(['message a 1', 'message b 1', 'close 1000 "done" clean 3']);
  });

  it('hold their order over text, Blobs and views', async () => {
    const { socket, peer } = await openSocket();
    const view = Uint8Array.of(3);
    socket.send('1');
    socket.send(new Blob(['2']));
    socket.send(view);
    view[0] = 9;
    socket.send(new Blob([]));
    socket.send('5');
    expect(socket.bufferedAmount).toBe(4);
    const frames = await peer.framesUntil(5);
    expect(frames.map(({ opcode, payload }) => [opcode, Buffer.from(payload).toString('latin1')])).toEqual([
      [Opcode.Text, '1'],
      [Opcode.Binary, '2'],
      [Opcode.Binary, '\x03'],
      [Opcode.Binary, ''],
      [Opcode.Text, '5'],
    ]);
  });

  it('are as they were at the time of send()', async () => {
    const { socket, peer } = await openSocket();
    const view = Uint8Array.of(1);
    socket.send(view);
    view[0] = 9;
    const [frame] = await peer.framesUntil(1);
    expect(frame?.payload).toEqual(Uint8Array.of(1));
  });
});

describe('send() while CONNECTING', () => {
  it('is an InvalidStateError, and counts nothing', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    expect(() => socket.send('x')).toThrow(expect.objectContaining({ name: 'InvalidStateError', code: 11 }));
    expect(socket.bufferedAmount).toBe(0);
  });

  it('converts first: what cannot be sent at all is a TypeError', async () => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    expect(() => socket.send(Symbol('x') as never)).toThrow(TypeError);
    expect(() => (socket.send as () => void)()).toThrow(TypeError);
  });
});

describe('bufferedAmount', () => {
  it('grows by the bytes of each message, and falls when they are written', async () => {
    const { socket, peer } = await openSocket();
    socket.send('é');
    expect(socket.bufferedAmount).toBe(2);
    socket.send(new Uint16Array(2));
    expect(socket.bufferedAmount).toBe(6);
    socket.send(new Blob(['abc']));
    expect(socket.bufferedAmount).toBe(9);
    await peer.framesUntil(3);
    while (socket.bufferedAmount > 0) await turn();
    expect(socket.bufferedAmount).toBe(0);
  });

  it('does not fall within the turn of the send', async () => {
    const { socket } = await openSocket();
    socket.send('abc');
    await fiveHops();
    expect(socket.bufferedAmount).toBe(3);
  });

  it('only grows once the socket is CLOSING, and after', async () => {
    const { socket, peer } = await openSocket();
    const amounts: number[] = [];
    socket.close();
    socket.send('éa');
    amounts.push(socket.bufferedAmount);
    await peer.framesUntil(1);
    peer.send(closeFrame());
    peer.socket.end();
    await ended(socket);
    socket.send(new Uint8Array(4));
    amounts.push(socket.bufferedAmount);
    socket.send(new Blob(['abc']));
    amounts.push(socket.bufferedAmount);
    expect(amounts).toEqual([3, 7, 10]);
    expect(peer.frames.map(({ opcode }) => opcode)).toEqual([Opcode.Close]);
  });

  it('counts what is sent when the peer has closed', async () => {
    const { socket, peer } = await openSocket();
    peer.send(closeFrame(1000));
    await peer.framesUntil(1);
    expect(socket.readyState).toBe(2);
    socket.send('late');
    expect(socket.bufferedAmount).toBe(4);
    peer.socket.end();
    await ended(socket);
    expect(socket.bufferedAmount).toBe(4);
  });

  it('keeps what a lost connection did not take', async () => {
    const { socket, peer } = await openSocket();
    peer.socket.pause();
    socket.send(new Uint8Array(2 ** 24));
    await turn();
    peer.socket.resetAndDestroy();
    await ended(socket);
    expect(socket.bufferedAmount).toBe(2 ** 24);
  });
});

describe('close()', () => {
  test.for<[name: string, given: Parameters<WebSocket['close']>, payload: string, told: string]>([
    ['nothing', [], '', 'close 1005 "" clean 3'],
    ['undefined twice', [undefined, undefined], '', 'close 1005 "" clean 3'],
    ['1000', [1000], '\x03\xe8', 'close 1000 "" clean 3'],
    ['3000', [3000], '\x0b\xb8', 'close 3000 "" clean 3'],
    ['4999 and a reason', [4999, 'bye'], '\x13\x87bye', 'close 4999 "bye" clean 3'],
    [
      'a reason of 123 bytes',
      [1000, 'a'.repeat(123)],
      `\x03\xe8${'a'.repeat(123)}`,
      `close 1000 "${'a'.repeat(123)}" clean 3`,
    ],
    ['a reason alone, which has no place', [undefined, 'alone'], '', 'close 1005 "" clean 3'],
  ])('with %s', async ([, given, payload, told]) => {
    const server = await RawServer.start((connection) => polite(connection));
    const socket = new WebSocket(server.url);
    await opened(socket);
    const diary = keepDiary(socket);
    socket.close(...given);
    expect(socket.readyState).toBe(2);
    await ended(socket);
    expect(Buffer.from(server.latest.frames[0]?.payload ?? []).toString('latin1')).toBe(payload);
    expect(diary).toEqual([told]);
  });

  it('that throws changes nothing', async () => {
    const { socket } = await openSocket();
    expect(() => socket.close(1001)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
    expect(() => socket.close(1000, 'a'.repeat(124))).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
    expect(socket.readyState).toBe(1);
  });

  it('throws on a wrong code in every state', async () => {
    const server = await RawServer.start((connection) => polite(connection));
    const socket = new WebSocket(server.url);
    const wrong = () => socket.close(1001);
    expect(wrong).toThrow(DOMException);
    await opened(socket);
    expect(wrong).toThrow(DOMException);
    socket.close();
    expect(wrong).toThrow(DOMException);
    await ended(socket);
    expect(wrong).toThrow(DOMException);
  });

  it('a second time does nothing', async () => {
    const server = await RawServer.start((connection) => polite(connection));
    const socket = new WebSocket(server.url);
    await opened(socket);
    const diary = keepDiary(socket);
    socket.close(3000, 'first');
    socket.close(3001, 'second');
    await ended(socket);
    socket.close(3002, 'third');
    await turn();
    expect(diary).toEqual(['close 3000 "first" clean 3']);
    expect(server.latest.frames).toHaveLength(1);
  });

  it('sends what was sent before it, Blobs too, and nothing after', async () => {
    const server = await RawServer.start((connection) => polite(connection));
    const socket = new WebSocket(server.url);
    await opened(socket);
    socket.send('a');
    socket.send(new Blob(['b']));
    socket.send('c');
    socket.close(1000);
    socket.send('d');
    await ended(socket);
    const sent = server.latest.frames.map(({ opcode, payload }) => [opcode, Buffer.from(payload).toString('latin1')]);
    expect(sent).toEqual([
      [Opcode.Text, 'a'],
      [Opcode.Binary, 'b'],
      [Opcode.Text, 'c'],
      [Opcode.Close, '\x03\xe8'],
    ]);
    expect(socket.bufferedAmount).toBe(1);
  });

  it('waits for a silent peer no longer than closeTimeoutMs', async () => {
    const { socket, diary } = await openSocket({ closeTimeoutMs: 20 });
    socket.close(1000);
    await ended(socket);
    expect(diary).toEqual(['close 1006 "" not clean 3']);
  });

  it('within `open` is obeyed', async () => {
    const server = await RawServer.start((connection) => polite(connection, text('never told')));
    const socket = new WebSocket(server.url);
    const diary = keepDiary(socket);
    socket.onopen = () => socket.close();
    await ended(socket);
    expect(diary).toEqual(['open 1', 'close 1005 "" clean 3']);
  });
});

describe('the end by the peer', () => {
  test.for<[name: string, code: number | undefined, reason: string, told: string]>([
    ['without a code', undefined, '', 'close 1005 "" clean 3'],
    ['with 1000', 1000, 'done', 'close 1000 "done" clean 3'],
    ['with 1001', 1001, '', 'close 1001 "" clean 3'],
    ['with 1011', 1011, 'broken', 'close 1011 "broken" clean 3'],
    ['with 4000 and a long reason', 4000, 'é'.repeat(61), `close 4000 "${'é'.repeat(61)}" clean 3`],
  ])('%s is clean', async ([, code, reason, told]) => {
    const { socket, peer, diary } = await openSocket();
    peer.send(closeFrame(code, reason));
    await peer.framesUntil(1);
    expect(socket.readyState).toBe(2);
    peer.socket.end();
    await ended(socket);
    expect(diary).toEqual([told]);
    const answer = Buffer.from(peer.frames[0]?.payload ?? []);
    expect(answer.length === 0 ? undefined : answer.readUInt16BE(0)).toBe(code);
  });

  it.for<[name: string, act: (peer: RawConnection) => void, code: string]>([
    ['a frame with a mask', (peer) => peer.send(Uint8Array.of(0x81, 0x80, 0, 0, 0, 0)), 'mask-unexpected'],
    ['a reserved bit', (peer) => peer.send(Uint8Array.of(0xf1, 0)), 'reserved-bits'],
    ['a text that is not UTF-8', (peer) => peer.send(Uint8Array.of(0x81, 1, 0xff)), 'utf8-invalid'],
    ['a close code that may not travel', (peer) => peer.send(closeFrame(CloseCode.NoStatus)), 'close-code'],
  ])('by %s is told as `error`, and 1006', async ([, act, code]) => {
    const { socket, peer, diary } = await openSocket();
    const error = once(socket, 'error');
    act(peer);
    await peer.until(() => peer.frames.length > 0 || peer.hasEnded || peer.hasClosed);
    peer.socket.end();
    const [[event]] = await Promise.all([error, ended(socket)]);
    expect(diary).toEqual(['error 3', 'close 1006 "" not clean 3']);
    expect(event.error).toMatchObject({ code });
  });

  it.for<[name: string, act: (peer: RawConnection) => void]>([
    ['the end of TCP', (peer) => peer.socket.end()],
    ['a reset', (peer) => void peer.socket.resetAndDestroy()],
  ])('by %s has 1006, and no `error`, as in every browser', async ([, act]) => {
    const { socket, peer, diary } = await openSocket();
    act(peer);
    await ended(socket);
    expect(diary).toEqual(['close 1006 "" not clean 3']);
  });

  it('by a message over maxMessageBytes is told as `error`, and 1009 to the peer', async () => {
    const { socket, peer, diary } = await openSocket({ maxMessageBytes: 4 });
    peer.send(text('12345'));
    const [frame] = await peer.framesUntil(1);
    peer.socket.end();
    await ended(socket);
    expect(Buffer.from(frame?.payload ?? []).readUInt16BE(0)).toBe(CloseCode.MessageTooBig);
    expect(diary).toEqual(['error 3', 'close 1006 "" not clean 3']);
  });
});

describe('an unreadable Blob', () => {
  class BrokenBlob extends Blob {
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new Error('unreadable'));
    }
  }

  it('fails the connection', async () => {
    const { socket, diary } = await openSocket();
    socket.send(new BrokenBlob(['x']));
    const [[event]] = await Promise.all([once(socket, 'error'), ended(socket)]);
    expect(event.error.cause).toMatchObject({ message: 'unreadable' });
    expect(diary).toEqual(['error 3', 'close 1006 "" not clean 3']);
    expect(socket.bufferedAmount).toBe(1);
  });
});

describe('listeners', () => {
  it('are told in order, the handler in the place where it was set', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const socket = new WebSocket(server.url);
    const calls: string[] = [];
    socket.addEventListener('open', () => calls.push('first'));
    socket.onopen = () => calls.push('handler');
    socket.addEventListener('open', { handleEvent: () => calls.push('object') });
    await opened(socket);
    expect(calls).toEqual(['first', 'handler', 'object']);
  });

  it.each(['onopen', 'onmessage', 'onerror', 'onclose'] as const)('%s holds what it was given', async (name) => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    const handler = () => {};
    expect(socket[name]).toBeNull();
    socket[name] = handler;
    expect(socket[name]).toBe(handler);
    socket[name] = 'text' as never;
    expect(socket[name]).toBeNull();
  });
});

describe('binaryType', () => {
  it.for<[given: unknown, is: string]>([
    ['arraybuffer', 'arraybuffer'],
    ['blob', 'blob'],
    ['ArrayBuffer', 'blob'],
    ['nodebuffer', 'blob'],
    ['', 'blob'],
    [null, 'blob'],
    [{ toString: () => 'arraybuffer' }, 'arraybuffer'],
  ])('set to %o is %s', async ([given, is]) => {
    const server = await RawServer.start(() => {});
    const socket = new WebSocket(server.url);
    expect(socket.binaryType).toBe('blob');
    socket.binaryType = given as 'blob';
    expect(socket.binaryType).toBe(is);
  });
});

test('a subclass is a WebSocket like any', async () => {
  class Chat extends WebSocket {
    readonly room = 'hall';
  }
  const server = await RawServer.start((connection) => polite(connection));
  const chat = new Chat(server.url);
  await opened(chat);
  chat.close();
  await ended(chat);
  expect([chat.room, chat.readyState, chat instanceof WebSocket]).toEqual(['hall', 3, true]);
});

describe('what is alive', () => {
  const alive = () =>
    process.getActiveResourcesInfo().filter((name) => /TCPSocket|TLS|Timeout|Connect|GetAddr/i.test(name));

  it.for<[name: string, script: (connection: RawConnection) => unknown, act: (socket: WebSocket) => unknown]>([
    ['a closing handshake', polite, (socket) => opened(socket).then(() => socket.close())],
    ['a refusal', (peer) => peer.send(head('HTTP/1.1 401 No', 'Content-Length: 0')), () => {}],
    ['close() while CONNECTING', () => {}, (socket) => socket.close()],
  ])('after %s is nothing of ours', async ([, script, act]) => {
    const server = await RawServer.start(script);
    const before = alive();
    const socket = new WebSocket(server.url, [], { connectTimeoutMs: 60_000, closeTimeoutMs: 60_000 });
    const end = ended(socket);
    const connected = server.connected();
    await Promise.all([act(socket), end]);
    await Promise.race([connected, turn()]);
    for (const { socket: theirs } of server.connections) theirs.destroy();
    await server.stop();
    // What the test runner had meanwhile may have ended too.
    expect(before).toEqual(expect.arrayContaining(alive()));
  });
});
