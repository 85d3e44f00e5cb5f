import { expect } from 'vitest';
import { localhostCertificate, otherCertificate } from '../../packages/node/src/certificates.test-helper.ts';
import { startHttpProxy, startSocksProxy } from '../../packages/node/src/dial/proxy/test-proxy.test-helper.ts';
import { connect, type HoldfastError, type TlsOptions } from '@holdfast/node';
import { serve, type CommonServeOptions } from '@holdfast/node/server';
import { attack, honest } from './attack.ts';
import { acceptAndClose, acceptOn, type Certificate, startHostileServer } from './hostile-server.ts';
import { isSameSecret } from './is-same-secret.ts';
import { headOf } from './line.ts';
import { within } from './limit.ts';
import { runClient } from './strike.ts';
import { requestHead, startVictimServer, statusOf } from './victim-server.ts';

const altName = 'ERR_TLS_CERT_ALTNAME_INVALID';
const selfSigned = 'DEPTH_ZERO_SELF_SIGNED_CERT';
const secret = { headers: { Authorization: 'Bearer secret', Cookie: 'session=secret' } };

honest('secrets', async () => {
  const server = await startHostileServer((line) => acceptAndClose(line), localhostCertificate);
  // Trusted, and for this very name: no check of it is asked for, and none fails.
  const { closed } = await runClient(`wss://localhost:${server.port}/`, { tls: { ca: localhostCertificate.cert } });
  expect(closed).toMatchObject({ code: 1005, wasClean: true });
});

attack('CVE-2020-11050', () => expectRefused('localhost', { ca: otherCertificate.cert }, otherCertificate, altName));

attack('CVE-2018-8034', () => expectRefused('127.0.0.1', { ca: otherCertificate.cert }, otherCertificate, altName));

attack('CVE-2020-15133', () => expectRefused('localhost', undefined, localhostCertificate, selfSigned));

attack('CVE-2020-15134', async () => {
  await expectRefused('localhost', { ca: otherCertificate.cert }, localhostCertificate, selfSigned);
  await expectRefused('localhost', { minVersion: 'TLSv1.2' }, localhostCertificate, selfSigned);
});

attack('CVE-2022-24968', () =>
  expectRefused(
    'localhost',
    { ca: localhostCertificate.cert, servername: 'other.test' },
    localhostCertificate,
    altName,
  ),
);

attack('CVE-2026-9697', async () => {
  const server = await startHostileServer(async (line) => {
    await acceptOn(line);
    line.socket.destroy();
  }, localhostCertificate);
  const client = connect(`wss://localhost:${server.port}/`, {
    tls: { ca: localhostCertificate.cert },
    reconnect: { minDelayMs: 1, maxDelayMs: 1, maxAttempts: 3 },
    heartbeat: false,
  });
  let opened = 0;
  const twice = new Promise<void>((resolve, reject) => {
    client.on('open', () => {
      opened += 1;
      if (opened === 2) resolve();
    });
    client.on('closed', ({ error }) => reject(error));
  });
  await within(
    twice.catch((error: unknown) => expect(error).toBe('two connections')),
    'the second connection',
  );
  void client.close();

  for (const [scheme, start] of [
    ['socks5', startSocksProxy],
    ['socks5h', startSocksProxy],
    ['http', startHttpProxy],
  ] as const) {
    const proxy = await start();
    const options = { ...secret, proxy: `${scheme}://127.0.0.1:${proxy.port}` };
    // Nobody trusts it; then somebody does, for another name.
    for (const tls of [{}, { ca: localhostCertificate.cert, servername: 'other.test' }]) {
      const { closed } = await runClient(`wss://localhost:${server.port}/`, { ...options, tls });
      expect(closed.error).toMatchObject({ code: 'tls-failed' });
    }
    expect(proxy.asked).toHaveLength(2);
    await proxy.close();
  }
});

attack('python websockets 16.1 secrets on cross-origin redirects', async () => {
  for (const status of ['301 Moved Permanently', '302 Found', '303 See Other', '307 Temporary Redirect', '308 Moved']) {
    const elsewhere = await startHostileServer(async (line) => {
      await line.head();
      line.socket.destroy();
    });
    const location = `ws://127.0.0.1:${elsewhere.port}/`;
    const server = await startHostileServer(async (line) => {
      await line.head();
      line.send(headOf(`HTTP/1.1 ${status}`, `Location: ${location}`, 'Content-Length: 0'));
    });
    const { closed } = await runClient(`ws://me:secret@127.0.0.1:${server.port}/`, secret);
    expect(elsewhere.lines).toEqual([]);
    expect(closed.error).toMatchObject({ code: 'http-status', headers: { location } });
    expect(closed.error?.message).not.toContain('secret');

    await runClient(`ws://me:secret@127.0.0.1:${server.port}/`, { ...secret, followRedirects: 1 });
    const [line] = elsewhere.lines;
    expect(String(line?.received)).toMatch(/^GET /);
    expect(String(line?.received)).not.toMatch(/secret|authorization|cookie/i);
  }
});

attack('CVE-2021-33880', async () => {
  for (const name of ['auth', 'basicAuth', 'credentials', 'username', 'password']) {
    const options = { port: 0, [name]: 'me:secret' };
    const outcome = await serve(options, () => {}).then(
      (server) => server.close().then(() => 'served'),
      (error: HoldfastError) => error.code,
    );
    expect(outcome).toBe('unknown-option');
  }
  const seen: (string | undefined)[] = [];
  const authorize: CommonServeOptions['authorize'] = ({ headers }) => {
    seen.push(headers['authorization']);
    return isSameSecret(headers['authorization'] ?? '', 'Bearer secret');
  };
  const victim = await startVictimServer({ authorize });
  const given = ['Bearer secret', 'Bearer secreT', 'Bearer', 'bearer secret', 'Basic bWU6c2VjcmV0'];
  const answers: string[] = [];
  for (const value of given) {
    const line = victim.knock();
    line.send(requestHead(`Authorization: ${value}`));
    answers.push(await line.head());
  }
  expect(seen).toEqual(given);
  expect(answers.map(statusOf)).toEqual([101, 403, 403, 403, 403]);
  // How much of it was right shows in nothing.
  expect(new Set(answers).size).toBe(2);
});

/** The client breaks TLS off for this reason, and the server hears nothing of the request. */
async function expectRefused(
  host: string,
  tls: TlsOptions | undefined,
  certificate: Certificate,
  reason: string,
): Promise<void> {
  const server = await startHostileServer((line) => line.send('HTTP/1.1 400 Bad Request\r\n\r\n'), certificate);
  const { closed } = await runClient(`wss://${host}:${server.port}/`, { ...secret, ...(tls && { tls }) });
  expect(closed.error).toMatchObject({ code: 'tls-failed', message: expect.stringContaining(reason) });
  expect(server.lines.map(({ received }) => received.length).filter(Boolean)).toEqual([]);
}
