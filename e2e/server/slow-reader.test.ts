import { once } from 'node:events';
import { type Connection, type Server, serve } from '@holdfast/node/server';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const mebibyte = 2 ** 20;

describe('a client that stops to read', () => {
  const clients: WebSocket[] = [];
  let server: Server;
  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await server.close();
  });

  const dial = async () => {
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/`);
    clients.push(client);
    client.on('error', () => {});
    await once(client, 'open');
    return client;
  };

  test('is dropped by a broadcast that it lets wait, while another hears every message', async () => {
    const ended: Promise<unknown>[] = [];
    const limits = { maxBufferedBytes: 4 * mebibyte };
    server = await serve({ port: 0, host: '127.0.0.1', limits }, (connection) => {
      ended.push(connection.once('closed'));
    });
    const slow = await dial();
    const quick = await dial();
    const [slowConnection, quickConnection] = [...server.connections] as [Connection, Connection];
    let heard = 0;
    quick.on('message', () => heard++);
    slow.pause();

    const message = new Uint8Array(mebibyte / 4);
    let sent = 0;
    while (slowConnection.state.name === 'open') {
      expect(slowConnection.bufferedBytes).toBeLessThanOrEqual(limits.maxBufferedBytes);
      server.broadcast(message);
      sent++;
      await quickConnection.drained();
      await new Promise(setImmediate);
    }
    expect(await ended[0]).toMatchObject({ code: 1006, error: { code: 'peer-too-slow' } });

    const latest = once(quick, 'pong');
    quick.ping();
    await latest;
    expect(heard).toBe(sent);
    expect(quickConnection.state.name).toBe('open');
  });

  test('is waited for by an echo that waits until it is drained', async () => {
    let most = 0;
    server = await serve({ port: 0, host: '127.0.0.1', highWaterMark: mebibyte }, async (connection) => {
      for await (const message of connection) {
        connection.send(message);
        most = Math.max(most, connection.bufferedBytes);
        await connection.drained();
      }
    });
    const client = await dial();
    client.pause();
    const count = 200;
    for (let i = 0; i < count; i++) client.send(new Uint8Array(mebibyte / 4));
    const [connection] = [...server.connections] as [Connection];
    // The server stops to read when its answers wait, and the client cannot write any more.
    while (connection.bufferedBytes < mebibyte) await new Promise(setImmediate);
    let heard = 0;
    const all = new Promise<void>((resolve) => {
      client.on('message', () => {
        if (++heard === count) resolve();
      });
    });
    client.resume();
    await all;
    expect(most).toBeLessThan(2 * mebibyte);
  });
});
