import { connect, type TlsOptions } from '@holdfast/node';
import { expect } from 'chai';
import { Bench, codeOf } from './bench.ts';
import { encryptedKey, localhostCertificate, otherCertificate } from './certificates.ts';
import { part } from './part.ts';

const mistakes: Record<string, TlsOptions> = {
  'a certificate that is no PEM': { cert: 'no pem' },
  'a key that is no PEM': { key: 'no pem' },
  'the key of another certificate': { cert: localhostCertificate.cert, key: otherCertificate.key },
  'a wrong passphrase': { ...encryptedKey, passphrase: 'sand' },
  'a pfx that is none': { pfx: Buffer.from('no pfx') },
  'ciphers that are not there': { ciphers: 'NO-SUCH-CIPHER' },
  'a version that is not there': { minVersion: 'TLSv9' as 'TLSv1.3' },
};

const { cert, key } = localhostCertificate;

/** What cannot be used is told at once, not at each dial; no part of it is left out in silence. */
export const tlsMistakes = part('mistakes in the options of TLS', {
  ...Object.fromEntries(
    Object.entries(mistakes).map(([name, tls]) => [
      `connect() refuses ${name}`,
      async () => {
        expect(await codeOf(() => connect('wss://localhost:9/', { tls }).close())).to.equal('invalid-option');
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(mistakes).map(([name, tls]) => [
      `serve() refuses ${name}`,
      () =>
        Bench.run(async (bench) => {
          expect(await codeOf(() => bench.serve({ tls: { cert, key, ...tls } as object }))).to.equal('invalid-option');
        }),
    ]),
  ),
});
