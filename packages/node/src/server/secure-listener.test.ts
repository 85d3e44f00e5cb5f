import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it, test } from 'vitest';
import { localhostCertificate } from '../certificates.test-helper.ts';
import type { CommonServeOptions } from './options.ts';
import { serve } from './serve.ts';

const running: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(options: CommonServeOptions = {}) {
  const server = await serve({ port: 0, host: '127.0.0.1', tls: localhostCertificate, ...options }, () => {});
  running.push(server);
  return server;
}

async function dial(port: number): Promise<{ socket: Socket; gone: Promise<unknown> }> {
  const socket = connectTcp(port, '127.0.0.1').on('error', () => {});
  const gone = new Promise((resolve) => socket.resume().once('close', resolve));
  running.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  return { socket, gone };
}

describe('TLS that does not come about is dropped', () => {
  test('after silence', async () => {
    const { port } = await start({ handshakeTimeoutMs: 50 });
    await (await dial(port)).gone;
  });

  test('after its time, whatever comes meanwhile', async () => {
    const { port } = await start({ handshakeTimeoutMs: 100 });
    const { socket, gone } = await dial(port);
    // A record of TLS that announces 16 KiB, byte by byte.
    socket.write(Uint8Array.of(22, 3, 1, 64, 0));
    const drip = setInterval(() => socket.write(Uint8Array.of(1)), 10);
    await gone;
    clearInterval(drip);
  });

  test('when it is no TLS', async () => {
    const { port } = await start();
    const { socket, gone } = await dial(port);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await gone;
  });

  test('when the server closes', async () => {
    const server = await start();
    const { gone } = await dial(server.port);
    // The second is taken after the first.
    const second = connectTls({ port: server.port, rejectUnauthorized: false }).on('error', () => {});
    await once(second, 'secureConnect');
    await server.close();
    await gone;
    second.destroy();
  });

  test('when there are too many at once', async () => {
    const { port } = await start({ limits: { maxPendingHandshakes: 2 } });
    const [first] = [await dial(port), await dial(port)];
    await (await dial(port)).gone;
    first?.socket.destroy();
    expect((await dial(port)).socket.destroyed).toBe(false);
  });
});

describe('TLS and the request share one time limit', () => {
  it('a request that does not come is answered with 408, and others are served', async () => {
    const { port } = await start({ handshakeTimeoutMs: 200 });
    const socket = connectTls({ port, rejectUnauthorized: false });
    running.push({ close: () => socket.destroy() });
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
  });
});
