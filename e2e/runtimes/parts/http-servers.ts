import { once } from 'node:events';
import { createServer, request, type Server as HttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { accept, type AnyHttpServer } from '@holdfast/node/server';
import { expect } from 'chai';
import { Bench, expectEchoes, failureOf } from './bench.ts';
import { localhostCertificate } from './certificates.ts';
import { part } from './part.ts';

const ca = localhostCertificate.cert;

/** Has an HTTP server of the app's listen; it closes with the case. */
async function listen(bench: Bench, http: AnyHttpServer): Promise<number> {
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  bench.keep({
    close: () => {
      (http as Partial<HttpServer>).closeAllConnections?.();
      return new Promise((resolve) => http.close(resolve));
    },
  });
  return (http.address() as AddressInfo).port;
}

/** Asks for a page; with further headers, for an upgrade that is not one of WebSocket. */
async function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<string> {
  const asked = request({ port, host: '127.0.0.1', path, headers: { Connection: 'close', ...headers } });
  asked.end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return `${response.statusCode} ${body}`;
}

/** The upgrades of HTTP servers that do other things, too. */
export const httpServers = part('HTTP servers', {
  'an HTTP server serves pages and WebSockets': () =>
    Bench.run(async (bench) => {
      const http = createServer((_request, response) => response.end('a page'));
      const port = await listen(bench, http);
      await bench.serve({ server: http, path: '/live' });
      expect(await ask(port, '/')).to.equal('200 a page');
      await expectEchoes(bench.dial(`ws://127.0.0.1:${port}/live`));
      expect(await ask(port, '/')).to.equal('200 a page');
    }),

  'an HTTPS server, too': () =>
    Bench.run(async (bench) => {
      const http = createHttpsServer(localhostCertificate, (_request, response) => response.end('a page'));
      const port = await listen(bench, http);
      await bench.serve({ server: http });
      await expectEchoes(bench.dial(`wss://localhost:${port}/`, { tls: { ca } }));
    }),

  'a server of HTTP/2 that speaks HTTP/1.1, too': () =>
    Bench.run(async (bench) => {
      const http = createSecureServer({ ...localhostCertificate, allowHTTP1: true });
      const port = await listen(bench, http);
      await bench.serve({ server: http });
      await expectEchoes(bench.dial(`wss://localhost:${port}/`, { tls: { ca } }));
    }),

  'a path that nobody serves is 404, and a page that is not let in 403': () =>
    Bench.run(async (bench) => {
      const http = createServer();
      const port = await listen(bench, http);
      await bench.serve({ server: http, path: '/live' });
      const lost = await failureOf(bench.dial(`ws://127.0.0.1:${port}/lost`));
      expect([lost.code, lost.status]).to.deep.equal(['http-status', 404]);
      const foreign = await failureOf(bench.dial(`ws://127.0.0.1:${port}/live`, { origin: 'https://evil.example' }));
      expect([foreign.code, foreign.status]).to.deep.equal(['http-status', 403]);
    }),

  '`accept` takes an upgrade of the app’s own server': () =>
    Bench.run(async (bench) => {
      const http = createServer();
      const port = await listen(bench, http);
      http.on('upgrade', (upgrade, socket, head) => {
        const connection = accept(upgrade, socket, head, { protocols: ['kelp'] });
        connection?.on('message', ({ data }) => connection.send(data));
      });
      const client = bench.dial(`ws://127.0.0.1:${port}/`, { protocols: ['sand', 'kelp'] });
      expect((await client.once('open')).protocol).to.equal('kelp');
      await expectEchoes(client);
    }),

  'a server that closes tells 1001, and its HTTP server goes on': () =>
    Bench.run(async (bench) => {
      const http = createServer((_request, response) => response.end('a page'));
      const port = await listen(bench, http);
      const server = await bench.serve({ server: http });
      const client = bench.dial(`ws://127.0.0.1:${port}/`);
      await client.once('open');
      const closed = client.once('closed');
      await server.close();
      expect((await closed).code).to.equal(1001);
      expect(await ask(port, '/')).to.equal('200 a page');
    }),
});
