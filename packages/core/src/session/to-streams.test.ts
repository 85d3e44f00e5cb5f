import type { ReadableStream as WebReadable, WritableStream as WebWritable } from 'node:stream/web';
import { describe, expect, test } from 'vitest';
import { openClient } from './session-client.test-helper.ts';
import { toStreams } from './to-streams.ts';

describe('the streams of a client', () => {
  test('read what arrives, and end with the client', async () => {
    const { client, server, clock } = await openClient();
    const { readable } = toStreams(client);
    for (const message of ['a', 'b']) server.latest.link.send(message);
    await clock.settle();
    void client.close();
    await clock.settle();
    const read: unknown[] = [];
    for await (const message of readable as unknown as AsyncIterable<unknown>) read.push(message);
    expect(read).toEqual(['a', 'b']);
  });

  test('fail with what the client was closed by, behind what had arrived', async () => {
    const { client, server, clock } = await openClient({ reconnect: false });
    const reader = (toStreams(client).readable as unknown as WebReadable).getReader();
    server.latest.link.send('a');
    await clock.settle();
    server.latest.pair.cut();
    await clock.settle();
    expect((await reader.read()).value).toBe('a');
    await expect(reader.read()).rejects.toMatchObject({ code: 'connection-lost' });
  });

  test('take a write when there is room for the next, and close the client in the end', async () => {
    const { client, server, clock } = await openClient({ highWaterMark: 4 });
    const writer = (toStreams(client).writable as unknown as WebWritable).getWriter();
    server.latest.pair.stall();
    const written: number[] = [];
    const writes = ['1234', '5678'].map(async (message, index) => {
      await writer.write(message);
      written.push(index);
    });
    await clock.advance(1000);
    expect(written).toEqual([]);
    server.latest.pair.unstall();
    await clock.advance(1000);
    await Promise.all(writes);
    const closing = writer.close();
    await clock.settle();
    await closing;
    expect(server.latest.received).toEqual(['1234', '5678']);
    expect(client.state).toMatchObject({ name: 'closed', code: 1000 });
  });

  test('fail a write once the client is closed, and let go of it when they are cancelled', async () => {
    const { client, clock } = await openClient();
    const { readable, writable } = toStreams(client);
    await readable.cancel();
    expect(client.state.name).toBe('open');
    void client.close();
    await clock.settle();
    const writer = (writable as unknown as WebWritable).getWriter();
    await expect(writer.write('late')).rejects.toMatchObject({ code: 'client-closed' });
  });
});
