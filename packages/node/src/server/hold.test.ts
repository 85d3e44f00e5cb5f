import { decodeClosePayload, Opcode } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { dropRawClients, handshakeHeaders, RawClient } from '../raw-client.test-helper.ts';
import { head } from '../raw-server.test-helper.ts';
import type { Connection } from './connection.ts';
import { serve, type Server } from './serve.ts';

let server: Server;
afterEach(() => {
  dropRawClients();
  return server.close();
});

const text = (message: string) => ({ opcode: Opcode.Text, payload: Buffer.from(message) });
const closeFrame = { opcode: Opcode.Close, payload: Uint8Array.of(3, 232) };

/** A server whose app is busy with the first connection until it is told to go on. */
async function startBusy(goOn: (connection: Connection) => unknown, options = {}) {
  let free = () => {};
  const busy = new Promise<void>((resolve) => {
    free = resolve;
  });
  server = await serve({ port: 0, host: '127.0.0.1', ...options }, async (connection) => {
    await busy;
    await goOn(connection);
  });
  return free;
}

describe('while the app is busy with a new connection', () => {
  it('a ping is answered', async () => {
    await startBusy(() => {});
    const client = await RawClient.open(server.port);
    client.send({ opcode: Opcode.Ping, payload: Buffer.from('x') });
    expect(await client.framesUntil(1)).toMatchObject([{ opcode: Opcode.Pong }]);
  });

  it('a close frame is answered', async () => {
    await startBusy(() => {});
    const client = await RawClient.open(server.port);
    client.send(closeFrame);
    const [close] = await client.framesUntil(1);
    expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(1000);
    await client.ended();
  });

  it('a client that is gone is found by the heartbeat', async () => {
    await startBusy(() => {}, { heartbeat: { intervalMs: 20, timeoutMs: 20 } });
    const client = await RawClient.open(server.port);
    await client.until(() => client.hasEnded || client.hasClosed);
  });

  it('a client whose message waits is not taken for gone', async () => {
    const received: unknown[] = [];
    const free = await startBusy((connection) => connection.on('message', ({ data }) => received.push(data)), {
      heartbeat: { intervalMs: 10, timeoutMs: 10 },
    });
    const client = await RawClient.open(server.port);
    client.send(text('1'));
    // Ping after ping, and no answer is read.
    await client.framesUntil(4);
    free();
    client.send(text('2'), closeFrame);
    await client.until(() => client.hasEnded);
    expect(received).toEqual(['1', '2']);
  });

  it('what came before a close frame is told, and what the app answers goes out before ours', async () => {
    const free = await startBusy((connection) => {
      connection.on('message', ({ data }) => connection.send(`${String(data)}!`));
    });
    const client = await RawClient.connect(server.port);
    client.send(head('GET / HTTP/1.1', ...handshakeHeaders), text('1'), text('2'), closeFrame);
    await client.response();
    server.broadcast('to all');
    free();
    const frames = await client.framesUntil(4);
    expect(frames.slice(0, 3).map(({ payload }) => Buffer.from(payload).toString())).toEqual(['to all', '1!', '2!']);
    expect(frames[3]).toMatchObject({ opcode: Opcode.Close });
    await client.ended();
  });
});
