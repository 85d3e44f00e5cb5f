import { expect } from 'chai';
import {
  startHttpProxy,
  startSocksProxy,
  type TestProxy,
} from '../../../packages/node/src/dial/proxy/test-proxy.test-helper.ts';
import { Bench, expectEchoes, failureOf } from './bench.ts';
import { localhostCertificate } from './certificates.ts';
import { part } from './part.ts';

const ca = localhostCertificate.cert;
const credentials = 'me:open-sesame';

/** Messages go to a server, with TLS or without, through a proxy that this starts. */
const through = (scheme: string, start: () => Promise<TestProxy>, isSecure: boolean) =>
  Bench.run(async (bench) => {
    const proxy = await start();
    bench.keep(proxy);
    const { port } = await bench.serve(isSecure ? { tls: localhostCertificate } : {});
    const url = `${isSecure ? 'wss' : 'ws'}://localhost:${port}/`;
    const options = { proxy: { url: `${scheme}://${credentials}@localhost:${proxy.port}`, tls: { ca } }, tls: { ca } };
    await expectEchoes(bench.dial(url, options));
    expect(proxy.asked).to.have.length(1);
  });

const http = () => startHttpProxy({ credentials });
const https = () => startHttpProxy({ credentials, certificate: localhostCertificate });
const socks = () => startSocksProxy({ credentials });

/** The ways to a server that do not lead straight to its address. */
export const routes = part('routes', {
  'a proxy of HTTP': () => through('http', http, false),
  'a proxy of HTTP, and TLS in the tunnel': () => through('http', http, true),
  'a proxy of HTTP behind TLS': () => through('https', https, false),
  'a proxy of HTTP behind TLS, and TLS in the tunnel': () => through('https', https, true),
  'a proxy of SOCKS 5': () => through('socks5h', socks, false),
  'a proxy of SOCKS 5, and TLS in the tunnel': () => through('socks5h', socks, true),
  'a proxy of SOCKS 5, the name resolved here': () => through('socks5', socks, true),

  'a server behind a proxy that nobody trusts is refused': () =>
    Bench.run(async (bench) => {
      const proxy = await http();
      bench.keep(proxy);
      const { port } = await bench.serve({ tls: localhostCertificate });
      const options = { proxy: `http://${credentials}@localhost:${proxy.port}` };
      expect((await failureOf(bench.dial(`wss://localhost:${port}/`, options))).code).to.equal('tls-failed');
    }),
  'a proxy that does not know us': () =>
    Bench.run(async (bench) => {
      const proxy = await http();
      bench.keep(proxy);
      const { code, status } = await failureOf(
        bench.dial('ws://localhost:1/', { proxy: `http://localhost:${proxy.port}` }),
      );
      expect([code, status]).to.deep.equal(['proxy-failed', 407]);
    }),
  'a redirect': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve();
      const refuse = () => ({ status: 307, headers: { Location: `ws://127.0.0.1:${port}/` } });
      const first = await bench.serve({ authorize: refuse });
      await expectEchoes(bench.dial(`ws://127.0.0.1:${first.port}/`, { followRedirects: 1 }));
    }),
});
