import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { localhostCertificate } from '../certificates.test-helper.ts';
import { connect } from '../connect.ts';
import type { ConnectOptions } from '../options.ts';
import { head, headerOf, RawServer } from '../raw-server.test-helper.ts';
import { serve } from '../server/serve.ts';
import { startHttpProxy, startSocksProxy, type TestProxy } from './proxy/test-proxy.test-helper.ts';

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (let end = atEnd.pop(); end; end = atEnd.pop()) await end();
});

const ca = localhostCertificate.cert;

/** A proxy that is gone after the test. */
async function atWork(start: () => Promise<TestProxy>): Promise<TestProxy> {
  const proxy = await start();
  atEnd.push(() => proxy.close());
  return proxy;
}

/** A server that sends each message back. */
async function echo(tls?: typeof localhostCertificate): Promise<number> {
  const server = await serve({ port: 0, host: '127.0.0.1', ...(tls && { tls }) }, (connection) => {
    connection.on('message', ({ data }) => connection.send(data));
  });
  atEnd.push(() => server.close());
  return server.port;
}

/** Dials once, and answers what came back for a message, or why there was no connection. */
async function talk(url: string, options: ConnectOptions): Promise<unknown> {
  const client = connect(url, { reconnect: false, heartbeat: false, closeTimeoutMs: 10, ...options });
  atEnd.push(() => client.close());
  client.send('over there');
  return new Promise((resolve) => {
    client.on('message', ({ data }) => resolve(data));
    client.on('closed', ({ error }) => resolve(error));
  });
}

const proxies: readonly { readonly name: string; readonly start: () => Promise<TestProxy>; readonly scheme: string }[] =
  [
    { name: 'HTTP', start: () => startHttpProxy(), scheme: 'http' },
    { name: 'HTTP over TLS', start: () => startHttpProxy({ certificate: localhostCertificate }), scheme: 'https' },
    { name: 'SOCKS 5, which resolves names', start: () => startSocksProxy(), scheme: 'socks5h' },
    { name: 'SOCKS 5, which is given addresses', start: () => startSocksProxy(), scheme: 'socks5' },
  ];

describe.each(proxies)('through a proxy: $name', ({ start, scheme }) => {
  const proxyAt = ({ port }: TestProxy, credentials = '') => ({
    url: `${scheme}://${credentials}localhost:${port}`,
    tls: { ca },
  });

  it.each(['ws', 'wss'])('%s: reaches the server', async (wsScheme) => {
    const proxy = await atWork(start);
    const port = await echo(wsScheme === 'wss' ? localhostCertificate : undefined);
    const url = `${wsScheme}://localhost:${port}/path?token=secret`;
    expect(await talk(url, { proxy: proxyAt(proxy), tls: { ca } })).toBe('over there');
    expect(proxy.asked).toEqual([`${scheme === 'socks5' ? '127.0.0.1' : 'localhost'}:${port}`]);
    // Inside TLS, the proxy sees nothing of it.
    expect(proxy.heard().includes('secret')).toBe(wsScheme === 'ws');
  });

  it('holds the options of TLS for the server (CVE-2026-9697), and tells it nothing before', async () => {
    const proxy = await atWork(start);
    const server = await RawServer.start((connection) => connection.accept(), localhostCertificate);
    const url = `wss://localhost:${server.port}/`;
    const options = { proxy: proxyAt(proxy), headers: { Authorization: 'Bearer secret' } };
    expect(await talk(url, options)).toMatchObject({ code: 'tls-failed' });
    expect(await talk(url, { ...options, tls: { ca, servername: 'other.test' } })).toMatchObject({
      code: 'tls-failed',
    });
    expect(server.connections.map(({ received }) => received.length).filter(Boolean)).toEqual([]);
    expect(proxy.asked).toHaveLength(2);
  });

  it('tells that there is no proxy', async () => {
    const proxy = await atWork(start);
    const gone = await RawServer.start(() => {});
    const { port } = gone;
    await gone.stop();
    const error = await talk('ws://localhost:1/', { proxy: proxyAt({ ...proxy, port }, 'me:secret@') });
    expect(error).toMatchObject({
      code: 'proxy-failed',
      message: expect.stringMatching(/localhost port \d+: (?!.*secret)/),
    });
  });

  it('is given up when the client is closed, wherever it stands', async () => {
    const silent = await RawServer.start(() => {});
    const client = connect('ws://localhost:1/', {
      proxy: proxyAt({ ...(await atWork(start)), port: silent.port }),
      heartbeat: false,
    });
    const connection = scheme === 'https' ? undefined : await silent.connected();
    await client.close();
    await connection?.until(() => connection.hasEnded || connection.hasClosed);
    expect(client.state.name).toBe('closed');
  });
});

describe('a proxy that wants to know who asks', () => {
  test.each([
    ['http', () => startHttpProxy({ credentials: 'me:s:cret' })],
    ['socks5h', () => startSocksProxy({ credentials: 'me:s:cret' })],
  ])('%s: takes the user and the password of its URL, and no others', async (scheme, start) => {
    const proxy = await atWork(start);
    const url = `ws://127.0.0.1:${await echo()}/`;
    const at = (credentials: string) => ({ proxy: `${scheme}://${credentials}127.0.0.1:${proxy.port}` });
    expect(await talk(url, at('me:s%3Acret@'))).toBe('over there');
    for (const credentials of ['', 'me:wrong@']) {
      const error = await talk(url, at(credentials));
      expect(error).toMatchObject({ code: 'proxy-failed', ...(scheme === 'http' && { status: 407 }) });
    }
  });
});

it('a Unix socket is dialed in the place of the host, which still stands in the request', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
  atEnd.push(() => rm(folder, { recursive: true }));
  const socketPath = join(folder, 'a.sock');
  const http: Server = createServer();
  const hosts: unknown[] = [];
  const server = await serve({ server: http }, (connection) => {
    hosts.push(connection.request.headers['host']);
    connection.on('message', ({ data }) => connection.send(data));
  });
  await once(http.listen(socketPath), 'listening');
  atEnd.push(async () => {
    await server.close();
    http.close();
  });
  expect(await talk('ws://app.invalid/', { socketPath })).toBe('over there');
  expect(hosts).toEqual(['app.invalid']);
  const missing = join(folder, 'none.sock');
  expect(await talk('ws://app.invalid/', { socketPath: missing })).toMatchObject({
    code: 'connection-refused',
    message: `connection-refused: ${missing}: ENOENT`,
  });
});

describe('redirects', () => {
  /** A server that sends everybody elsewhere, with 302 unless it says otherwise. */
  const sending = (location: () => string, status = '302 Found') =>
    RawServer.start(async (connection) => {
      await connection.request();
      connection.send(head(`HTTP/1.1 ${status}`, `Location: ${location()}`, 'Content-Length: 0'));
    });
  /** The server is no WebSocket, and answers no close frame. */
  const dialOnce = { reconnect: false, heartbeat: false, closeTimeoutMs: 10 } as const;
  const headers = { Authorization: 'Bearer secret', 'X-Key': 'secret' };

  it.each(['301 Moved Permanently', '302 Found', '303 See Other', '307 Temporary Redirect', '308 Moved'])(
    'are followed as often as the app says: %s',
    async (status) => {
      const port = await echo();
      const second = await sending(() => `ws://127.0.0.1:${port}/`, status);
      const first = await sending(() => `http://127.0.0.1:${second.port}/`, status);
      expect(await talk(first.url, { followRedirects: 2 })).toBe('over there');
      expect(await talk(first.url, { followRedirects: 1 })).toMatchObject({
        code: 'redirect-refused',
        message: expect.stringContaining('over 1'),
      });
      expect(await talk(first.url, {})).toMatchObject({ code: 'http-status', status: Number.parseInt(status, 10) });
    },
  );

  it('take no secret to another server (python websockets 16.1), and the origin along', async () => {
    const elsewhere = await RawServer.start((connection) => connection.accept());
    const server = await sending(() => `ws://you:told@127.0.0.1:${elsewhere.port}/there`);
    const url = server.url.replace('//', '//me:secret@');
    await Promise.race([talk(url, { headers, origin: 'https://app.test', followRedirects: 1 }), elsewhere.connected()]);
    const request = await elsewhere.latest.request();
    expect(request).toMatch(/^GET \/there HTTP\/1\.1\r\n/);
    expect(request).not.toMatch(/secret|authorization|told|x-key/i);
    expect(headerOf(request, 'origin')).toBe('https://app.test');
    // Nor is it told anew behind a way back.
    expect(headerOf(request, 'host')).toBe(`127.0.0.1:${elsewhere.port}`);
  });

  it('take no secret back to the first server by way of another', async () => {
    const requests: string[] = [];
    const first = await RawServer.start(async (connection) => {
      requests.push(await connection.request());
      if (requests.length > 1) return connection.accept();
      connection.send(head('HTTP/1.1 302 Found', `Location: ws://127.0.0.1:${second.port}/`, 'Content-Length: 0'));
      return undefined;
    });
    const second = await sending(() => first.url);
    const client = connect(first.url, { headers, followRedirects: 5, ...dialOnce });
    await client.once('open');
    expect(requests.map((request) => request.includes('secret'))).toEqual([true, false]);
    atEnd.push(() => client.close());
  });

  it('keep what the app says on the same server', async () => {
    const requests: string[] = [];
    const server = await RawServer.start(async (connection) => {
      requests.push(await connection.request());
      if (requests.length > 1) return connection.accept();
      connection.send(head('HTTP/1.1 307 Temporary Redirect', 'Location: /there', 'Content-Length: 0'));
      return undefined;
    });
    const client = connect(server.url, { headers, followRedirects: 1, ...dialOnce });
    await client.once('open');
    expect(requests[1]).toMatch(/^GET \/there HTTP\/1\.1\r\n/);
    expect(requests.map((request) => request.includes('Bearer secret'))).toEqual([true, true]);
    atEnd.push(() => client.close());
  });

  it('that turn in a circle end', async () => {
    const server: RawServer = await sending(() => server.url);
    expect(await talk(server.url, { followRedirects: 10 })).toMatchObject({ code: 'redirect-refused' });
    expect(server.connections).toHaveLength(11);
  });

  it('begin anew with the next dial', async () => {
    const port = await echo();
    const server = await sending(() => `ws://127.0.0.1:${port}/`);
    const client = connect(server.url, {
      followRedirects: 1,
      heartbeat: false,
      reconnect: { minDelayMs: 1, maxDelayMs: 1 },
    });
    atEnd.push(() => client.close());
    await client.once('open');
    await server.stop();
    expect(client.state.name).toBe('open');
  });
});
