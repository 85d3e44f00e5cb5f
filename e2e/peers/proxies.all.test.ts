import { connect, type NodeClient } from '@holdfast/node';
import { serve, type Server } from '@holdfast/node/server';
import { afterEach, describe, expect, test } from 'vitest';
import { localhostCertificate } from '../../packages/node/src/certificates.test-helper.ts';
import { findFreePort } from '../servers/listen.ts';
import { testMissing } from './describe-peer.ts';
import { microsocks, password, type ProxyProgram, type RunningProxy, tinyproxy, user } from './proxies.ts';

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (let end = atEnd.pop(); end; end = atEnd.pop()) await end();
});

for (const program of [tinyproxy, microsocks]) {
  const presence = program.find();
  if ('missing' in presence) testMissing(`holdfast through ${program.name}`, presence.missing);
  else for (const scheme of program.schemes) describeProxy(program, scheme);
}

function describeProxy(program: ProxyProgram, scheme: string): void {
  describe(`holdfast through ${program.name}, ${scheme}:`, () => {
    const url = (port: number, secret = password) => `${scheme}://${user}:${secret}@127.0.0.1:${port}`;

    test.each(['ws', 'wss'])('%s: carries messages of all lengths', async (wsScheme) => {
      const port = await startProxy(program);
      const { client } = await dialEcho(wsScheme === 'wss', url(port));
      const sent = [0, 1, 125, 126, 65_535, 65_536, 2 ** 20].map((length) => new Uint8Array(length).fill(length % 251));
      const received: Uint8Array[] = [];
      const all = new Promise<void>((resolve) => {
        client.on('message', ({ data }) => {
          received.push(data as Uint8Array);
          if (received.length === sent.length) resolve();
        });
      });
      for (const message of sent) client.send(message);
      await all;
      // Compared as bytes: a matcher takes seconds for a mebibyte.
      expect(received.map((message, at) => Buffer.compare(message, sent[at] as Uint8Array))).toEqual(sent.map(() => 0));
      expect(await client.close(1000, 'thank you')).toMatchObject({ code: 1000, wasClean: true });
    });

    test('comes back when the proxy does', async () => {
      const port = await startProxy(program);
      const { client, server } = await dialEcho(false, url(port));
      await client.once('open');
      // Each is listened for before what brings it about.
      const cut = client.once('disconnected');
      const refused = new Promise((resolve) => {
        client.on('disconnected', ({ error }) => error?.code === 'proxy-failed' && resolve(undefined));
      });
      await running.pop()?.stop();
      expect((await cut).willReconnect).toBe(true);
      await refused;
      client.send('kept');
      const answer = client.once('message');
      running.push(await program.start(port));
      expect((await answer).data).toBe('kept');
      expect(server.connections.size).toBe(1);
    });

    test('ends with a wrong password, and does not show it', async () => {
      const port = await startProxy(program);
      const { client } = await dialEcho(false, url(port, 'close-sesame'), { maxAttempts: 1 });
      const { error } = await client.once('closed');
      expect(error).toMatchObject({ code: 'proxy-failed', message: expect.not.stringContaining('sesame') });
    });

    test('tells that the server is not there', async () => {
      const port = await startProxy(program);
      const nowhere = await findFreePort();
      const options = { proxy: url(port), reconnect: { maxAttempts: 1 } };
      const client = connect(`ws://127.0.0.1:${nowhere}/`, options);
      expect((await client.once('closed')).error?.code).toBe('proxy-failed');
    });
  });
}

const running: RunningProxy[] = [];

async function startProxy(program: ProxyProgram): Promise<number> {
  const port = await findFreePort();
  running.push(await program.start(port));
  atEnd.push(() => running.pop()?.stop());
  return port;
}

async function dialEcho(
  isSecure: boolean,
  proxy: string,
  reconnect: object = { minDelayMs: 10, maxDelayMs: 50 },
): Promise<{ client: NodeClient; server: Server }> {
  const tls = isSecure ? { tls: localhostCertificate } : {};
  const server = await serve({ port: 0, host: '127.0.0.1', ...tls }, (connection) => {
    connection.on('message', ({ data }) => connection.send(data));
  });
  const client = connect(`${isSecure ? 'wss' : 'ws'}://localhost:${server.port}/`, {
    proxy,
    tls: { ca: localhostCertificate.cert },
    reconnect,
    heartbeat: false,
  });
  atEnd.push(async () => {
    await client.close();
    await server.close();
  });
  return { client, server };
}
