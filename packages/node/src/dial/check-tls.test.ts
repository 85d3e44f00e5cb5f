import { expect, test } from 'vitest';
import { localhostCertificate, otherCertificate } from '../certificates.test-helper.ts';
import type { TlsOptions } from './options.ts';
import { checkTls } from './check-tls.ts';

test.each<[string, TlsOptions]>([
  ['nothing', {}],
  ['an authority', { ca: localhostCertificate.cert }],
  ['a list of them, as bytes', { ca: [Buffer.from(localhostCertificate.cert), otherCertificate.cert] }],
  ['our certificate and its key', localhostCertificate],
  ['what only the dial uses', { servername: 'x', rejectUnauthorized: false, minVersion: 'TLSv1.3' }],
])('takes %s', (_name, tls) => {
  expect(() => checkTls(tls)).not.toThrow();
});

test.each<[string, TlsOptions]>([
  ['a certificate that is no PEM', { cert: 'no pem' }],
  ['a key that is no PEM', { key: 'no pem' }],
  ['the key of another certificate', { cert: localhostCertificate.cert, key: otherCertificate.key }],
  ['a pfx that is none', { pfx: Buffer.from('no pfx') }],
  ['ciphers that are not there', { ciphers: 'NO-SUCH-CIPHER' }],
  ['a version that is not there', { minVersion: 'TLSv9' as 'TLSv1.3' }],
])('refuses %s, and says so', (_name, tls) => {
  expect(() => checkTls(tls)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringMatching(/tls: .+/) }),
  );
});
