import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HoldfastError } from '@holdfast/core';
import type { Clock } from '@holdfast/core/adapter';
import { FakeClock } from '@holdfast/core/testing';
import { describe, expect, it, test } from 'vitest';
import { localhostCertificate, otherCertificate } from '../certificates.test-helper.ts';
import { head, headerOf, RawServer, switching } from '../raw-server.test-helper.ts';
import { dialServer } from './client-dial.ts';
import type { RouteOptions, TlsOptions } from './options.ts';
import { directRoute, resolveRoute } from './route.ts';

/** A clock, and the moment at which its first timer is set. */
function watchedClock() {
  const fake = new FakeClock();
  let onTimer = () => {};
  const timerSet = new Promise<void>((resolve) => {
    onTimer = resolve;
  });
  const after: Clock['after'] = (delayMs, task) => {
    onTimer();
    return fake.after(delayMs, task);
  };
  return { fake, timerSet, clock: { now: fake.now, after } };
}

interface Dialed {
  readonly socket?: Socket;
  readonly protocol?: string;
  readonly rest?: string;
  readonly error?: HoldfastError;
}

interface DialOptions {
  readonly clock?: Clock;
  readonly tls?: TlsOptions;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly route?: RouteOptions;
  readonly followRedirects?: number;
}

/** Dials, and answers how that ended; a socket that was opened is closed again. */
function dial(url: string, options: DialOptions = {}): Promise<Dialed> {
  const { clock = new FakeClock(), tls = {}, protocols = [], headers = {}, route = {}, followRedirects = 0 } = options;
  return new Promise((resolve) => {
    dialServer(
      { url, protocols },
      {
        clock,
        tls,
        headers,
        origin: undefined,
        route: resolveRoute(route),
        followRedirects,
        compression: [],
        limits: { maxHeaderBytes: 1024, maxHeaders: 10, maxHeaderLineBytes: 1024 },
      },
      {
        onOpen({ socket, protocol, rest }) {
          socket.on('error', () => {}).destroy();
          resolve({ socket, protocol, rest: Buffer.from(rest).toString('latin1') });
        },
        onFail: (error) => resolve({ error }),
      },
    );
  });
}

describe('TLS', () => {
  const accepting = (certificate = localhostCertificate) =>
    RawServer.start((connection) => connection.accept(), certificate);
  const { cert: ca } = localhostCertificate;

  for (const { name, host, tls, certificate } of [
    { name: 'a certificate of an authority that tls.ca names, by name', host: 'localhost', tls: { ca } },
    { name: 'a certificate of an authority that tls.ca names, by address', host: '127.0.0.1', tls: { ca } },
    {
      name: 'another name, where tls.servername asks for it',
      host: '127.0.0.1',
      tls: { ca: otherCertificate.cert, servername: 'other.test' },
      certificate: otherCertificate,
    },
    {
      name: 'any certificate, where tls.rejectUnauthorized is false',
      host: 'localhost',
      tls: { rejectUnauthorized: false },
    },
    { name: 'bytes for tls.ca', host: 'localhost', tls: { ca: [Buffer.from(ca)] } },
  ]) {
    test(`takes ${name}`, async () => {
      const server = await accepting(certificate);
      expect(await dial(`wss://${host}:${server.port}/`, { tls })).toMatchObject({ protocol: '' });
    });
  }

  for (const { name, host, tls, certificate, says } of [
    { name: 'an untrusted certificate', host: 'localhost', tls: {}, says: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    {
      name: 'a certificate for another name',
      host: 'localhost',
      tls: { ca: otherCertificate.cert },
      certificate: otherCertificate,
      says: 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
    {
      name: 'a certificate for another name, of an address',
      host: '127.0.0.1',
      tls: { ca: otherCertificate.cert },
      certificate: otherCertificate,
      says: 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
    {
      name: 'a certificate that is not for tls.servername',
      host: 'localhost',
      tls: { ca, servername: 'other.test' },
      says: 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
    {
      name: 'a certificate of another authority than tls.ca',
      host: 'localhost',
      tls: { ca: otherCertificate.cert },
      says: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    },
  ]) {
    test(`refuses ${name} (CVE-2020-11050, CVE-2018-8034), and tells the server nothing`, async () => {
      const server = await accepting(certificate);
      const { error } = await dial(`wss://${host}:${server.port}/`, { tls, headers: { Authorization: 'secret' } });
      expect(error).toMatchObject({ code: 'tls-failed', message: expect.stringContaining(says) });
      expect(server.connections.map(({ received }) => received.length).filter(Boolean)).toEqual([]);
    });
  }

  for (const { name, host, tls, asked } of [
    { name: 'asks for the host by its name', host: 'localhost', tls: { ca }, asked: 'localhost' },
    { name: 'asks for no address, which is no name (RFC 6066 3)', host: '127.0.0.1', tls: { ca }, asked: false },
    {
      name: 'asks for the name that tls.servername says',
      host: '127.0.0.1',
      tls: { rejectUnauthorized: false, servername: 'other.test' },
      asked: 'other.test',
    },
  ]) {
    test(name, async () => {
      const server = await accepting();
      await dial(`wss://${host}:${server.port}/`, { tls });
      const { servername } = server.latest.socket as TLSSocket & { servername: unknown };
      expect(servername).toBe(asked);
    });
  }

  it('fails with a server that does not speak it', async () => {
    const server = await RawServer.start((connection) => connection.socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { error } = await dial(`wss://localhost:${server.port}/`);
    expect(error).toMatchObject({ code: 'tls-failed' });
  });
});

describe('TCP', () => {
  it('is refused where nobody listens', async () => {
    const server = await RawServer.start(() => {});
    const { url } = server;
    await server.stop();
    expect((await dial(url)).error).toMatchObject({
      code: 'connection-refused',
      message: expect.stringContaining('127.0.0.1'),
    });
  });

  it('fails with a name that there is not', async () => {
    expect((await dial('ws://does-not-exist.invalid/')).error).toMatchObject({ code: 'name-resolution' });
  });

  it('that is ended within the handshake is connection-lost', async () => {
    const server = await RawServer.start(async (connection) => {
      await connection.request();
      connection.send('HTTP/1.1 101 Switching');
      connection.socket.end();
    });
    expect((await dial(server.url)).error).toMatchObject({ code: 'connection-lost' });
  });

  it('that is reset within the handshake is tcp-failed', async () => {
    const server = await RawServer.start(async (connection) => {
      await connection.request();
      connection.socket.resetAndDestroy();
    });
    expect((await dial(server.url)).error).toMatchObject({
      code: 'tcp-failed',
      message: expect.stringContaining('ECONNRESET'),
    });
  });
});

describe('the handshake', () => {
  it('hands over what comes behind the head', async () => {
    const server = await RawServer.start(async (connection) => connection.send(await connection.acceptance(), 'rest'));
    expect(await dial(server.url)).toMatchObject({ protocol: '', rest: 'rest' });
  });

  it('says nothing but its request before the response is there (RFC 6455 4.1)', async () => {
    let received = '';
    const server = await RawServer.start(async (connection) => {
      await connection.request();
      // A turn for whatever else would come.
      await new Promise((resolve) => setImmediate(resolve));
      received = connection.received.toString('latin1');
      connection.send(await connection.acceptance());
    });
    expect(await dial(server.url)).toMatchObject({ protocol: '' });
    expect(received).toMatch(/^GET \/ HTTP\/1\.1\r\n(?:[\w-]+: .+\r\n)+\r\n$/);
  });

  it('takes the head byte by byte', async () => {
    const server = await RawServer.start(async (connection) => {
      for (const byte of Buffer.from(await connection.acceptance())) {
        connection.send(Uint8Array.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    expect(await dial(server.url)).toMatchObject({ protocol: '', rest: '' });
  });

  it('uses another key each time: 16 bytes in base64 (RFC 6455 4.1)', async () => {
    const server = await RawServer.start((connection) => connection.accept());
    for (let count = 0; count < 3; count++) await dial(server.url);
    const keys = server.connections.map(({ received }) => headerOf(received.toString(), 'sec-websocket-key'));
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(Buffer.from(key, 'base64')).toHaveLength(16);
  });

  it('passes over interim responses (RFC 9110 15.2)', async () => {
    const server = await RawServer.start(async (connection) => {
      const early = head('HTTP/1.1 103 Early Hints', 'Link: </a>');
      connection.send(head('HTTP/1.1 100 Continue'), early, await connection.acceptance());
    });
    expect(await dial(server.url)).toMatchObject({ protocol: '' });
  });

  it('does not pass over endless interim responses', async () => {
    const server = await RawServer.start((connection) => connection.send(head('HTTP/1.1 103 Early Hints').repeat(9)));
    const { clock, fake, timerSet } = watchedClock();
    const dialed = dial(server.url, { clock });
    await timerSet;
    await fake.advance(1000);
    expect((await dialed).error).toMatchObject({ code: 'http-status', status: 103 });
  });

  it('waits a second, and no longer, for the body of a refusal', async () => {
    const server = await RawServer.start((connection) => connection.send(head('HTTP/1.1 503 Busy'), 'come back'));
    const { clock, fake, timerSet } = watchedClock();
    const dialed = dial(server.url, { clock });
    await timerSet;
    await fake.advance(1000);
    expect((await dialed).error).toMatchObject({ code: 'http-status', status: 503, body: 'come back' });
    expect(fake.pendingTimers).toBe(0);
  });

  it('takes the end of TCP for the end of the body', async () => {
    const server = await RawServer.start((connection) => {
      connection.send(head('HTTP/1.1 503 Busy'), 'come back');
      connection.socket.end();
    });
    const clock = new FakeClock();
    expect((await dial(server.url, { clock })).error).toMatchObject({ status: 503, body: 'come back' });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a dial that is given up', () => {
  it('ends TCP and calls nobody', async () => {
    const server = await RawServer.start(() => {});
    const calls: string[] = [];
    const giveUp = dialServer(
      { url: server.url, protocols: [] },
      {
        clock: new FakeClock(),
        tls: {},
        headers: {},
        origin: undefined,
        route: directRoute,
        followRedirects: 0,
        compression: [],
        limits: { maxHeaderBytes: 1024, maxHeaders: 10, maxHeaderLineBytes: 1024 },
      },
      { onOpen: () => calls.push('open'), onFail: () => calls.push('fail') },
    );
    const connection = await server.connected();
    const key = headerOf(await connection.request(), 'sec-websocket-key');
    giveUp();
    connection.send(head('HTTP/1.1 101 x', ...switching(key)));
    await connection.until(() => connection.hasEnded || connection.hasClosed);
    expect(calls).toEqual([]);
  });
});
