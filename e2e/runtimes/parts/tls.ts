import type { TlsOptions } from '@holdfast/node';
import { expect } from 'chai';
import { Bench, expectEchoes, failureOf } from './bench.ts';
import { encryptedKey, localhostCertificate, otherCertificate, passphrase, pfx } from './certificates.ts';
import { part } from './part.ts';

/** The names of what some runtimes do not let an app choose. */
export const ciphersOfTls12 = 'ciphers of TLS 1.2 are kept to';
export const ciphersOfTls13 = 'ciphers of TLS 1.3 are kept to';

const ca = localhostCertificate.cert;

/** Messages go through TLS, and the connection ends in order. */
const takes = (tls: TlsOptions, host = 'localhost', serverTls: object = localhostCertificate) =>
  Bench.run(async (bench) => {
    const { port } = await bench.serve({ tls: serverTls });
    await expectEchoes(bench.dial(`wss://${host}:${port}/`, { tls }));
  });

/** The dial fails for a reason of TLS, and nobody is connected. */
const refuses = (tls: TlsOptions, serverTls: object = localhostCertificate) =>
  Bench.run(async (bench) => {
    const server = await bench.serve({ tls: serverTls });
    const { code } = await failureOf(bench.dial(`wss://localhost:${server.port}/`, { tls }));
    expect(code).to.equal('tls-failed');
    expect(server.connections.size).to.equal(0);
  });

/** A server that lets in only who has the localhost certificate. */
const asking = { ...localhostCertificate, requestCert: true, rejectUnauthorized: true, ca };

/** With this cipher alone a client speaks with a server that has it, and not with one that has only the other. */
async function keepsTo(cipher: string, other: string, version: 'TLSv1.2' | 'TLSv1.3'): Promise<void> {
  const only = (ciphers: string) => ({ ciphers, minVersion: version, maxVersion: version });
  await takes({ ca, ...only(cipher) }, 'localhost', { ...localhostCertificate, ...only(cipher) });
  await refuses({ ca, ...only(cipher) }, { ...localhostCertificate, ...only(other) });
}

/** Every option of `tls`, and who is not trusted. */
export const tls = part('TLS', {
  'an authority of our own is trusted, by name': () => takes({ ca }),
  'and by address': () => takes({ ca }, '127.0.0.1'),
  'several of them, as bytes': () => takes({ ca: [Buffer.from(otherCertificate.cert), Buffer.from(ca)] }),
  'another name is asked for': () =>
    takes({ ca: otherCertificate.cert, servername: 'other.test' }, 'localhost', otherCertificate),
  'any certificate is taken where the app says so': () => takes({ rejectUnauthorized: false }),
  'an untrusted certificate is refused': () => refuses({}),
  'one of another authority is refused': () => refuses({ ca: otherCertificate.cert }),
  'one for another name is refused': () => refuses({ ca: otherCertificate.cert }, otherCertificate),

  'a certificate of the client is shown': () => takes({ ca, ...localhostCertificate }, 'localhost', asking),
  'one whose key is encrypted': () => takes({ ca, ...encryptedKey, passphrase }, 'localhost', asking),
  'one of PKCS #12': () => takes({ ca, pfx, passphrase }, 'localhost', asking),
  'a server with an encrypted key': () => takes({ ca }, 'localhost', { ...encryptedKey, passphrase }),
  'a server with PKCS #12': () => takes({ ca }, 'localhost', { pfx, passphrase }),
  'a client without the certificate that is asked for is not connected': () =>
    Bench.run(async (bench) => {
      const server = await bench.serve({ tls: asking });
      const { code } = await failureOf(bench.dial(`wss://localhost:${server.port}/`, { tls: { ca } }));
      expect(code).to.equal('tls-failed');
      expect(server.connections.size).to.equal(0);
    }),

  'maxVersion is kept to': async () => {
    await takes({ ca, maxVersion: 'TLSv1.2' }, 'localhost', { ...localhostCertificate, maxVersion: 'TLSv1.2' });
    await refuses({ ca, maxVersion: 'TLSv1.2' }, { ...localhostCertificate, minVersion: 'TLSv1.3' });
  },
  'minVersion is kept to': async () => {
    await takes({ ca, minVersion: 'TLSv1.3' }, 'localhost', { ...localhostCertificate, minVersion: 'TLSv1.3' });
    await refuses({ ca, minVersion: 'TLSv1.3' }, { ...localhostCertificate, maxVersion: 'TLSv1.2' });
  },
  [ciphersOfTls12]: () => keepsTo('ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2'),
  [ciphersOfTls13]: () => keepsTo('TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLSv1.3'),

  'a server without TLS fails the dial': () =>
    Bench.run(async (bench) => {
      const { port } = await bench.serve();
      expect((await failureOf(bench.dial(`wss://localhost:${port}/`))).code).to.equal('tls-failed');
    }),
});
