import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { decodeClosePayload, encodeFrame, Opcode } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handshakeHeaders, RawClient } from '../raw-client.test-helper.ts';
import { head } from '../raw-server.test-helper.ts';
import { accept } from './accept.ts';
import type { AcceptOptions } from './options.ts';
import { serve } from './serve.ts';

let http: Server;
beforeEach(async () => {
  http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
});
afterEach(() => new Promise((resolve) => http.close(resolve)));

async function upgrade(...more: Uint8Array[]) {
  const upgraded = once(http, 'upgrade') as Promise<[IncomingMessage, Duplex, Buffer]>;
  const client = await RawClient.connect((http.address() as AddressInfo).port);
  client.send(head('GET / HTTP/1.1', ...handshakeHeaders), ...more);
  const [request, socket, rest] = await upgraded;
  socket.on('error', () => {});
  return { client, request, socket, rest };
}

describe('accept', () => {
  it('answers nothing for a client that left by a reset while the app decided', async () => {
    const { client, request, socket, rest } = await upgrade();
    const left = new Promise((resolve) => socket.resume().once('close', resolve));
    client.socket.resetAndDestroy();
    await left;
    expect(accept(request, socket, rest, { heartbeat: false })).toBeUndefined();
  });

  it('answers nothing for a client that ended its side while the app decided', async () => {
    const { client, request, socket, rest } = await upgrade();
    const ended = once(socket.resume(), 'end');
    client.socket.end();
    await ended;
    expect(accept(request, socket, rest, { heartbeat: false })).toBeUndefined();
    await client.until(() => client.hasClosed);
  });

  it('gives the connection the data that the app has for it', async () => {
    const { request, socket, rest } = await upgrade();
    const data = { name: 'ada' };
    const connection = accept(request, socket, rest, {}, data);
    expect(connection?.data).toBe(data);
    connection?.terminate();
  });

  it('tells what was asked where it refuses', async () => {
    const onRefused = vi.fn<NonNullable<AcceptOptions['onRefused']>>();
    const { client, request, socket, rest } = await upgrade();
    expect(accept(request, socket, rest, { path: '/other', onRefused })).toBeUndefined();
    expect(onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ status: 404 }),
      expect.objectContaining({ url: '/', headers: expect.objectContaining({ host: '127.0.0.1' }) as object }),
    );
    await client.ended();
  });

  it('reads what came with the handshake first, also when it closes at once', async () => {
    const frame = encodeFrame({
      opcode: Opcode.Text,
      payload: Buffer.from('hello'),
      maskingKey: Uint8Array.of(1, 2, 3, 4),
    });
    const { client, request, socket, rest } = await upgrade(frame.subarray(0, 5));
    const connection = accept(request, socket, rest);
    const closed = connection?.close(1001);
    await client.framesUntil(1);
    client.send(frame.subarray(5), { opcode: Opcode.Close, payload: Uint8Array.of(3, 233) });
    await client.ended();
    expect(await closed).toMatchObject({ code: 1001, wasClean: true });
  });
});

describe('a server that closes while the app has not listened yet', () => {
  it('reads what came with the handshake first', async () => {
    const server = await serve({ port: 0, host: '127.0.0.1' }, () => new Promise(() => {}));
    const client = await RawClient.connect(server.port);
    const frame = encodeFrame({
      opcode: Opcode.Text,
      payload: Buffer.from('hello'),
      maskingKey: Uint8Array.of(1, 2, 3, 4),
    });
    client.send(head('GET / HTTP/1.1', ...handshakeHeaders), frame.subarray(0, 5));
    await client.response();
    const [connection] = server.connections;
    const ended = connection?.once('closed');
    const closed = server.close();
    const [close] = await client.framesUntil(1);
    expect(decodeClosePayload(close?.payload as Uint8Array).code).toBe(1001);
    client.send(frame.subarray(5), { opcode: Opcode.Close, payload: Uint8Array.of(3, 233) });
    await client.ended();
    expect(await ended).toMatchObject({ code: 1001, wasClean: true });
    await closed;
  });
});
