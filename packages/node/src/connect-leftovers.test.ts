import { Opcode } from '@holdfast/core';
import type { Client } from '@holdfast/core/adapter';
import { describe, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { head, type RawConnection, RawServer } from './raw-server.test-helper.ts';

const closeFrame = { opcode: Opcode.Close, payload: Uint8Array.of(3, 0xe8) };

/** What keeps this process alive, other than what the test has itself: sockets, timers, lookups. */
const alive = () =>
  process.getActiveResourcesInfo().filter((name) => /TCPSocket|TLS|Timeout|Connect|GetAddr/i.test(name));

const accepting = async (connection: RawConnection) => {
  await connection.accept();
  await connection.framesUntil(1);
  connection.send(closeFrame);
  connection.socket.end();
};
const ignoring = () => {};
const limits = { connectTimeoutMs: 60_000, closeTimeoutMs: 60_000 };

describe('nothing of a client is alive after closed', () => {
  for (const { name, script, end } of [
    {
      name: 'by a closing handshake',
      script: accepting,
      end: async (client: Client) => {
        await client.once('open');
        await client.close();
      },
    },
    {
      name: 'by a refusal whose body does not end',
      script: (connection: RawConnection) =>
        connection.send(head('HTTP/1.1 401 No', 'Content-Length: 2000'), 'x'.repeat(1024)),
      end: async (client: Client) => void (await client.once('closed')),
    },
    {
      name: 'by close() during the handshake',
      script: ignoring,
      end: async (client: Client, server: RawServer) => {
        await server.connected();
        await client.close();
      },
    },
    {
      name: 'by an end of TCP during the handshake',
      script: (connection: RawConnection) => connection.socket.end(),
      end: async (client: Client) => void (await client.once('closed')),
    },
  ]) {
    test(name, async () => {
      const server = await RawServer.start(script);
      const before = alive();
      const client = connect(server.url, { reconnect: false, ...limits });
      let count = 0;
      for (const type of ['disconnected', 'error', 'closed'] as const) client.on(type, () => void count++);
      const ended = end(client, server);
      const connection = await server.connected();
      await ended;
      await connection.until(() => connection.hasEnded || connection.hasClosed);
      connection.socket.destroy();
      await connection.until(() => connection.hasClosed);
      // What the test runner had meanwhile may have ended too.
      expect(before).toEqual(expect.arrayContaining(alive()));
      expect(count, 'disconnected and closed').toBe(2);
    });
  }

  test('by an aborted signal', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    const before = alive();
    const abort = new AbortController();
    const client = connect(server.url, { signal: abort.signal, ...limits });
    await client.once('open');
    client.send('on its way');
    abort.abort();
    await server.latest.until(() => server.latest.hasEnded || server.latest.hasClosed);
    server.latest.socket.destroy();
    await server.latest.until(() => server.latest.hasClosed);
    expect(client.state).toMatchObject({ name: 'closed', error: { code: 'aborted' } });
    // What the test runner had meanwhile may have ended too.
    expect(before).toEqual(expect.arrayContaining(alive()));
  });
});
