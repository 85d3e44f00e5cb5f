import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '@holdfast/core/adapter';
import { connect, type NodeClient } from '../connect.ts';
import type { ConnectOptions } from '../options.ts';
import { dropRawClients, RawClient } from '../raw-client.test-helper.ts';
import { broadcast } from '../server/broadcast.ts';
import type { Connection } from '../server/connection.ts';
import { DeflateCodec } from './deflate-codec.ts';
import type { CommonServeOptions } from '../server/options.ts';
import { serve, type Server } from '../server/serve.ts';

const running: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  dropRawClients();
  for (const end of running.splice(0)) await end.close();
});

interface Both {
  readonly client: NodeClient;
  readonly connection: Connection;
  readonly server: Server<undefined>;
}

async function open(ours: ConnectOptions, theirs: CommonServeOptions<undefined>): Promise<Both> {
  const connections: Connection[] = [];
  const server = await serve({ port: 0, host: '127.0.0.1', ...theirs }, (one) => void connections.push(one));
  running.push(server);
  const client = connect(`ws://127.0.0.1:${server.port}`, { reconnect: false, ...ours });
  running.push(client);
  await client.once('open');
  return { client, connection: connections[0]!, server };
}

const lines = 'one line like another\n'.repeat(500);

describe('compression between our two ends', () => {
  test.each([
    { client: {}, server: {}, agreed: '' },
    { client: {}, server: { compression: true }, agreed: 'permessage-deflate' },
    { client: { compression: false }, server: { compression: true }, agreed: '' },
    { client: { compression: true }, server: { compression: false }, agreed: '' },
    {
      client: { compression: { serverContextTakeover: false } },
      server: { compression: { clientMaxWindowBits: 10 } },
      agreed: 'permessage-deflate; server_no_context_takeover; client_max_window_bits=10',
    },
    {
      client: { compression: [{ serverMaxWindowBits: 9 }, {}] },
      server: { compression: true },
      agreed: 'permessage-deflate; server_max_window_bits=9',
    },
  ] as const)('$client and $server agree on "$agreed"', async ({ client: ours, server: theirs, agreed }) => {
    const { client, connection } = await open(ours, theirs);
    expect([client.extensions, connection.extensions]).toEqual([agreed, agreed]);
    const answers: Message[] = [];
    connection.on('message', ({ data }) => connection.send(data));
    const isDone = new Promise<void>((resolve) => {
      client.on('message', ({ data }) => {
        if (answers.push(data) === 4) resolve();
      });
    });
    const bytes = new Uint8Array(70_000).fill(7);
    for (const message of ['', lines, lines, bytes]) client.send(message);
    await isDone;
    expect(answers).toEqual(['', lines, lines, bytes]);
  });

  test('what is said to go as it is goes so, in either direction, and to many', async () => {
    const { client, connection, server } = await open({}, { compression: true });
    const raw = await RawClient.open(server.port, 'Sec-WebSocket-Extensions: permessage-deflate');
    const [, other] = [...server.connections] as [Connection, Connection];
    raw.received = raw.received.subarray(raw.received.length);
    other.send(lines, { compress: false });
    await raw.until(() => raw.received.length >= lines.length + 4);
    expect(raw.received[0]).toBe(0x81);
    raw.received = raw.received.subarray(raw.received.length);
    broadcast([other], lines, { compress: false });
    await raw.until(() => raw.received.length >= lines.length + 4);
    expect(raw.received[0]).toBe(0x81);
    raw.received = raw.received.subarray(raw.received.length);
    server.broadcast(lines);
    await raw.until(() => raw.received.length > 20);
    expect(raw.received[0]).toBe(0xc1);
    expect(raw.received.length).toBeLessThan(200);
    const heard = connection.once('message');
    client.send('plain and simple', { compress: false });
    expect((await heard).data).toBe('plain and simple');
  });

  test('what goes to many is compressed once for all that keep no window', async () => {
    const encode = vi.spyOn(DeflateCodec.prototype, 'encode');
    const { client, server } = await open({}, { compression: true });
    const url = `ws://127.0.0.1:${server.port}`;
    const kinds = [
      false,
      { serverContextTakeover: false },
      { serverContextTakeover: false },
      { serverMaxWindowBits: 9 },
    ];
    const others = kinds.map((compression) => connect(url, { reconnect: false, compression }));
    running.push(...others);
    await Promise.all(others.map((other) => other.once('open')));
    encode.mockClear();
    const heard = [client, ...others].map((one) => one.once('message'));
    expect(server.broadcast(lines)).toBe(5);
    for (const { data } of await Promise.all(heard)) expect(data).toBe(lines);
    // The two that keep a window, and once for those that do not.
    expect(encode).toHaveBeenCalledTimes(3);
    encode.mockRestore();
    expect(() => server.broadcast('x', { compres: true } as object)).toThrow(/unknown-option/);
  });

  test('`compress` is true or false', async () => {
    const { client, connection } = await open({}, {});
    for (const end of [client, connection]) {
      expect(() => end.send('x', { compress: 'no' as unknown as boolean })).toThrow(/invalid-option/);
      expect(() => end.send('x', { compres: false } as object)).toThrow(/unknown-option/);
    }
  });

  test('a bomb is refused with 1009, by either end', async () => {
    const limit = { maxMessageBytes: 10_000, heartbeat: false as const };
    const { client, connection } = await open(limit, { ...limit, compression: true });
    client.send(new Uint8Array(10_001));
    const { code, error } = await connection.once('closed');
    expect([code, error?.code]).toEqual([1006, 'message-too-large']);
    expect(await client.once('closed')).toMatchObject({ code: 1009 });

    const again = await open(limit, { ...limit, compression: true });
    again.connection.send(new Uint8Array(10_001));
    expect(await again.client.once('closed')).toMatchObject({ error: { code: 'message-too-large' } });
  });

  test('a message just at the limit comes in, though nothing of it could be compressed', async () => {
    const noise = Uint8Array.from({ length: 10_000 }, (_, at) => Math.imul(at * at + 1, 2_654_435_761) >>> 24);
    const { client, connection } = await open({}, { compression: true, maxMessageBytes: 10_000 });
    const heard = connection.once('message');
    client.send(noise);
    expect((await heard).data).toEqual(noise);
  });

  test('bufferedBytes counts what the app sent, not what travels', async () => {
    const { client } = await open({}, { compression: true });
    client.send(lines);
    expect(client.bufferedBytes).toBe(lines.length);
  });
});
