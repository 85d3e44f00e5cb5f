import { json, type TwoWayCodec } from '@holdfast/core/codec';
import { delivery } from '@holdfast/core/delivery';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { connect } from '../connect.ts';
import { broadcast } from './broadcast.ts';
import type { Connection } from './connection.ts';
import { serve } from './serve.ts';

const messages = json({ incoming: z.object({ said: z.string() }), outgoing: z.object({ say: z.string().min(1) }) });
type Ours = Connection<undefined, { say: string }, { said: string }>;
type FromText = TwoWayCodec<{ say: string }, { said: string }, { said: string }, { say: string }>;

const running: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** A server, one connection of it, and a client that speaks text, so that it can be wrong. */
async function open(codec: FromText = messages.flip()) {
  let introduce: (connection: Ours) => void;
  const connected = new Promise<Ours>((resolve) => {
    introduce = resolve;
  });
  const server = await serve({ port: 0, codec }, (connection) => introduce(connection));
  const client = connect(`ws://127.0.0.1:${server.port}`);
  running.push(server, client);
  return { server, client, connection: await connected };
}

describe('a server with a codec', () => {
  test('hears and says what its messages mean, from the declaration of its clients', async () => {
    const server = await serve({ port: 0, codec: messages.flip() }, (connection) => {
      connection.on('message', ({ data }) => connection.send({ said: data.say }));
    });
    const client = connect(`ws://127.0.0.1:${server.port}`, { codec: messages });
    running.push(server, client);
    client.send({ say: 'hi' });
    expect((await client.once('message')).data).toEqual({ said: 'hi' });
  });

  test('skips a bad message and tells it as an error, and the iterator leaves it out', async () => {
    const { client, connection } = await open();
    const errors: unknown[] = [];
    connection.on('error', ({ error }) => errors.push(error.code));
    const loop = connection[Symbol.asyncIterator]();
    for (const text of ['{"say":"one"}', '{', '{"say":2}', '{"say":"two"}']) client.send(text);
    expect((await loop.next()).value).toEqual({ say: 'one' });
    expect((await loop.next()).value).toEqual({ say: 'two' });
    expect(errors).toEqual(['decode-failed', 'schema-mismatch']);
  });

  test('closes with 1007 where the app wants that, and such a client does not come back', async () => {
    const { client, connection } = await open(messages.flip({ whenInvalid: 'close' }));
    const told = connection.once('error');
    connection.on('message', () => {});
    client.send('{"say":""}');
    expect((await told).error).toMatchObject({ code: 'schema-mismatch', issues: [{ path: ['say'] }] });
    expect(await client.once('closed')).toMatchObject({ code: 1007, reason: 'schema-mismatch' });
  });

  test('sends nothing that is bad', async () => {
    const { connection } = await open();
    expect(() => connection.send({ said: 5 } as never)).toThrow(expect.objectContaining({ code: 'invalid-message' }));
  });

  test('broadcasts what its messages mean, encoded once', async () => {
    let encoded = 0;
    const counting = z.object({ said: z.string().refine(() => ++encoded > 0) });
    const codec = json({ incoming: z.object({ say: z.string() }), outgoing: counting });
    const { server, client } = await open(codec);
    const other = connect(`ws://127.0.0.1:${server.port}`);
    running.push(other);
    await other.once('open');
    const heard = [client, other].map((one) => one.once('message'));
    expect(server.broadcast({ said: 'all' })).toBe(2);
    expect((await Promise.all(heard)).map(({ data }) => data)).toEqual(['{"said":"all"}', '{"said":"all"}']);
    expect(encoded).toBe(1);
  });

  test('a bad broadcast reaches nobody, and throws also where nobody is', async () => {
    const { server, client } = await open();
    const bad = { said: 5 } as unknown as { said: string };
    const refused = expect.objectContaining({ code: 'invalid-message' });
    expect(() => server.broadcast(bad)).toThrow(refused);
    expect(() => broadcast(server.connections, bad)).toThrow(refused);
    await client.close();
    await Promise.all([...server.connections].map((connection) => connection.once('closed').catch(() => {})));
    expect(() => server.broadcast(bad)).toThrow(refused);
  });

  test('with delivery, knows what its messages mean above the packets', async () => {
    const connected: Ours[] = [];
    const heard: unknown[] = [];
    const server = await serve({ port: 0, codec: messages.flip(), delivery: true }, (connection) => {
      connected.push(connection);
      connection.on('message', ({ data }) => {
        heard.push(data);
        connection.send({ said: data.say });
      });
      connection.on('error', ({ error }) => heard.push(error.code));
    });
    const client = connect(`ws://127.0.0.1:${server.port}`, { codec: messages, delivery: delivery() });
    running.push(server, client);
    client.send({ say: 'hi' });
    expect((await client.once('message')).data).toEqual({ said: 'hi' });
    expect(heard).toEqual([{ say: 'hi' }]);
    expect(() => connected[0]?.send({ said: 5 } as never)).toThrow(
      expect.objectContaining({ code: 'invalid-message' }),
    );
  });

  test('with delivery too, closes for a bad message where the app wants that', async () => {
    const codec = messages.flip({ whenInvalid: 'close' });
    const server = await serve({ port: 0, codec, delivery: true }, (connection) => {
      connection.on('message', () => {});
    });
    const client = connect(`ws://127.0.0.1:${server.port}`, { delivery: delivery() });
    running.push(server, client);
    client.send('{"say":""}');
    expect(await client.once('closed')).toMatchObject({ code: 1007, reason: 'schema-mismatch' });
  });

  test('with delivery too, tells what is dropped as the app knows it', async () => {
    const message = { said: 'in vain' };
    const dropped: unknown[] = [];
    let ended: Promise<unknown> | undefined;
    const server = await serve({ port: 0, codec: messages.flip(), delivery: true }, (connection) => {
      ended = connection.once('closed');
      connection.on('dropped', (event) => dropped.push(event.message));
      // Nobody acknowledges what is sent while the client is away.
      connection.on('disconnected', () => {
        connection.send(message);
        connection.terminate();
      });
    });
    const client = connect(`ws://127.0.0.1:${server.port}`, { codec: messages, delivery: delivery() });
    running.push(server, client);
    await client.once('open');
    client.reconnect();
    await ended;
    expect(dropped).toEqual([message]);
    expect(dropped[0]).toBe(message);
  });

  test.each([{}, json, 'json', null])('%s is no codec', async (codec) => {
    await expect(serve({ port: 0, codec: codec as unknown as FromText }, () => {})).rejects.toMatchObject({
      code: 'invalid-option',
    });
  });
});
