import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import {
  CloseCode,
  decodeClosePayload,
  encodeClosePayload,
  encodeFrame,
  FrameDecoder,
  isCloseCodeOnWire,
  Opcode,
  Protocol,
  type Role,
} from '@holdfast/core';
import { resolveOptions } from '@holdfast/core/adapter';
import { connect } from '@holdfast/node';
import { serve, type Server, type ServeOptions } from '@holdfast/node/server';
import { afterEach, describe, expect, test } from 'vitest';
import closeCodes from '../../docs/how/examples/close-codes.json' with { type: 'json' };
import closing from '../../docs/how/examples/closing.json' with { type: 'json' };
import extensions from '../../docs/how/examples/extensions.json' with { type: 'json' };
import fragments from '../../docs/how/examples/fragments.json' with { type: 'json' };
import frames from '../../docs/how/examples/frames.json' with { type: 'json' };
import handshake from '../../docs/how/examples/handshake.json' with { type: 'json' };
import keepAlive from '../../docs/how/examples/keep-alive.json' with { type: 'json' };
import masking from '../../docs/how/examples/masking.json' with { type: 'json' };
import security from '../../docs/how/examples/security.json' with { type: 'json' };
import { bytesOf, hexOf, openRawLine, type RawLine, rawLine } from './examples/raw-line.ts';

const key = bytesOf('37 fa 21 3d');
const text = (value: string) => new TextEncoder().encode(value);
const other = (role: string): Role => (role === 'client' ? 'server' : 'client');
const decode = (from: string, hex: string) => new FrameDecoder({ role: other(from) }).push(bytesOf(hex));
const writtenBy = (protocol: Protocol) => hexOf(Buffer.concat(protocol.takeOutput()));
const requestOf = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;

let server: Server | undefined;
let line: RawLine | undefined;
afterEach(async () => {
  line?.close();
  await server?.close();
  line = server = undefined;
});

/** Asks a server of ours, and answers the head that it sent. */
async function ask(options: Partial<ServeOptions>, request: readonly string[]): Promise<string[]> {
  server = await serve({ port: 0, host: '127.0.0.1', ...options } as ServeOptions, (connection) => {
    connection.on('message', ({ data }) => connection.send(data));
  });
  line = await openRawLine(server.port);
  line.write(requestOf(request));
  return line.head();
}

describe('the bytes of the pages on how it works', () => {
  test('handshake: the accept key, step by step', () => {
    const sha1 = createHash('sha1')
      .update(handshake.key + handshake.guid)
      .digest();
    expect(hexOf(sha1)).toBe(handshake.sha1);
    expect(sha1.toString('base64')).toBe(handshake.accept);
  });

  test('handshake: our server answers the request with this response', async () => {
    const options = { path: '/live', origin: 'https://example.org', protocols: ['chat.v1'] };
    expect(await ask(options, handshake.request)).toEqual(handshake.response);
  });

  test('handshake: our client asks in these lines, but for the key of chance', async () => {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as { port: number };
    const client = connect(`ws://127.0.0.1:${port}/live`, {
      protocols: 'chat.v1',
      compression: false,
      origin: 'https://example.org',
    });
    const [socket] = (await once(tcp, 'connection')) as [Socket];
    line = rawLine(socket);
    const seen = (await line.head()).map((field) =>
      field.replace(`127.0.0.1:${port}`, 'example.org').replace(/(-Key: ).{24}$/, `$1${handshake.key}`),
    );
    tcp.close();
    const closed = client.close();
    line.close();
    await closed;
    expect(seen).toEqual(handshake.request);
  });

  test.each([frames.small, frames.masked])('frames: $title', ({ from, parts }) => {
    const whole = parts.map(({ hex }) => hex).join(' ');
    const maskingKey = from === 'client' ? key : undefined;
    expect(
      hexOf(encodeFrame({ fin: true, opcode: Opcode.Text, payload: text('Hi'), ...(maskingKey && { maskingKey }) })),
    ).toBe(whole);
    expect(decode(from, whole)[0]?.payload).toEqual(text('Hi'));
  });

  test.each(frames.headers)('frames: the header before $bytes bytes', ({ bytes, hex }) => {
    const frame = encodeFrame({ fin: true, opcode: Opcode.Binary, payload: new Uint8Array(bytes) });
    expect(hexOf(frame.subarray(0, frame.length - bytes))).toBe(hex);
  });

  test('frames: the opcodes, and no other', () => {
    expect(Object.fromEntries(frames.opcodes.map(({ name, opcode }) => [name, opcode]))).toEqual(Opcode);
  });

  test('masking: the frame, byte by byte and bit by bit', () => {
    const { rows, bits } = masking;
    const frame = encodeFrame({ fin: true, opcode: Opcode.Text, payload: text(masking.text), maskingKey: key });
    expect(hexOf(frame)).toBe(masking.frame);
    expect(rows.map(({ letter }) => letter).join('')).toBe(masking.text);
    expect(rows.map(({ plain }) => plain).join(' ')).toBe(hexOf(text(masking.text)));
    expect(rows.map((row) => row.key)).toEqual(rows.map((_, index) => hexOf(key.subarray(index % 4, (index % 4) + 1))));
    expect(rows.map(({ masked }) => masked).join(' ')).toBe(hexOf(frame.subarray(6)));
    for (const name of ['plain', 'key', 'masked'] as const) {
      expect(Number.parseInt(bits[name].replace(' ', ''), 2)).toBe(Number.parseInt(rows[0]?.[name] ?? '', 16));
    }
  });

  test('fragments: a client hears the ping first, answers it, and has one message', () => {
    const client = new Protocol({ role: 'client', createMaskingKey: () => key });
    const heard: unknown[] = [];
    for (const step of fragments.steps) {
      if (step.from === 'client') expect(writtenBy(client)).toBe(step.hex);
      else heard.push(...client.receive(bytesOf(step.hex)));
    }
    expect(heard).toMatchObject([{ type: 'ping' }, { type: 'message', data: fragments.message }]);
  });

  test('keep-alive: a server answers the ping with these bytes', () => {
    const [ping, pong] = keepAlive.steps;
    const protocol = new Protocol({ role: 'server' });
    expect(protocol.receive(bytesOf(ping?.hex ?? ''))).toMatchObject([{ type: 'ping', payload: text('Hello') }]);
    expect(writtenBy(protocol)).toBe(pong?.hex);
  });

  test('keep-alive: the times are the defaults', () => {
    const { heartbeat } = resolveOptions({}, {});
    expect(heartbeat).toMatchObject({ intervalMs: keepAlive.intervalMs, timeoutMs: keepAlive.timeoutMs });
  });

  test('closing: the frame, and how a client answers it', () => {
    const { frame, code, reason } = closing;
    const whole = frame.parts.map(({ hex }) => hex).join(' ');
    expect(hexOf(encodeFrame({ fin: true, opcode: Opcode.Close, payload: encodeClosePayload(code, reason) }))).toBe(
      whole,
    );
    expect(decodeClosePayload(decode('server', whole)[0]?.payload ?? new Uint8Array())).toMatchObject({ code, reason });
    const client = new Protocol({ role: 'client', createMaskingKey: () => key });
    expect(client.receive(bytesOf(whole))).toMatchObject([{ type: 'close', code, reason }]);
    expect(writtenBy(client)).toBe(closing.answer);
  });

  test('closing: every code that we name, and whether it travels', () => {
    expect(closeCodes.map(({ code }) => code)).toEqual(Object.values(CloseCode));
    for (const { code, travels } of closeCodes) expect(isCloseCodeOnWire(code), `${code}`).toBe(travels);
  });

  test('extensions: our server agrees, and its second “Hello” is shorter than its first', async () => {
    const plain = handshake.request.slice(0, 6);
    const head = await ask({ compression: { thresholdBytes: 0 } }, [...plain, extensions.offer]);
    expect(head).toContain(extensions.answer);
    const hello = encodeFrame({ fin: true, opcode: Opcode.Text, payload: text(extensions.text), maskingKey: key });
    for (const expected of [extensions.first, extensions.second]) {
      line?.write(hello);
      expect(await line?.bytes(bytesOf(expected).length)).toBe(expected);
    }
    expect(hexOf(encodeFrame({ fin: true, opcode: Opcode.Text, payload: text(extensions.text) }))).toBe(
      extensions.plain,
    );
  });

  test('extensions: what two trades weigh', async () => {
    await ask({ compression: { thresholdBytes: 0 } }, [...handshake.request.slice(0, 6), extensions.offer]);
    for (const { text: trade, plain, compressed } of extensions.trades) {
      const frame = encodeFrame({ fin: true, opcode: Opcode.Text, payload: text(trade) });
      expect(frame.length).toBe(plain);
      line?.write(encodeFrame({ fin: true, opcode: Opcode.Text, payload: text(trade), maskingKey: key }));
      const [, length] = bytesOf((await line?.bytes(2)) ?? '');
      expect((length ?? 0) + 2).toBe(compressed);
      await line?.bytes(length ?? 0);
    }
  });

  test('extensions: what a bomb weighs', () => {
    const { zeros, compressedAtMost } = extensions.bomb;
    expect(deflateRawSync(new Uint8Array(zeros)).length).toBeLessThanOrEqual(compressedAtMost);
  });

  test('security: our server refuses a page of another site, whatever its cookies', async () => {
    const [status] = await ask({ path: '/live' }, security.foreign.request);
    expect(status).toBe(security.foreign.status);
  });
});
