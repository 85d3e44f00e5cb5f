import type { SecureContextOptions } from 'node:tls';
import { expect, test } from 'vitest';
import { localhostCertificate, otherCertificate } from '../certificates.test-helper.ts';
import { checkLeftOut } from './left-out-of-tls.ts';

const { cert, key } = localhostCertificate;
const node = { node: '26.0.0' };
const bun = { ...node, bun: '1.4.4' };
const deno = { ...node, deno: '2.9.6' };

/** From `openssl pkcs8 -topk8`; the passphrase is `kelp`. */
const encrypted = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhjzYQiz92w2AICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEP0aIcSFY5GyShIL+shPs1oEgZDk
wkoUPZPYCJx4+/aDI2SUtY77z2BmialdeJNWlgBc/1PwfaoDa1FFIiSuqU072t+Z
BlskX7J/dc74OAEyLXUUxAydFxNVdeL9fr6Oa5e/qHP8fu5rR0i8Gxv+O1bXwRMJ
mN4L+cOLdvgXUp39d6vNXcj3MjTi4+Q6G1pBq99x41OXim4jtQvEVrwENLqV980=
-----END ENCRYPTED PRIVATE KEY-----
`;

test.each<[string, SecureContextOptions, object]>([
  ['nothing, on Deno', {}, deno],
  ['nothing, on Bun', {}, bun],
  ['any ciphers, on Node', { ciphers: 'TLS_AES_256_GCM_SHA384' }, node],
  ['those of TLS 1.2, on Bun', { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }, bun],
  ['a certificate and its key, on Deno', { cert, key }, deno],
  ['the same as bytes, on Deno', { cert: Buffer.from(cert), key: Buffer.from(key) }, deno],
  [
    'several of them in any order, on Deno',
    { cert: [cert, otherCertificate.cert], key: [otherCertificate.key, key] },
    deno,
  ],
  ['a chain in one text, on Deno', { cert: `${cert}${otherCertificate.cert}`, key }, deno],
  ['an encrypted key, on Deno', { cert, key: encrypted, passphrase: 'kelp' }, deno],
  ['one with a passphrase of its own, on Deno', { cert, key: [{ pem: encrypted, passphrase: 'kelp' }] }, deno],
  ['one of its own without, on Deno', { cert, key: [{ pem: encrypted }], passphrase: 'kelp' }, deno],
])('takes %s', (_name, tls, versions) => {
  expect(() => checkLeftOut(tls, versions as Record<string, string>)).not.toThrow();
});

test.each<[string, SecureContextOptions, object, RegExp]>([
  ['ciphers, on Deno', { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }, deno, /tls\.ciphers .+ Deno/],
  ['ciphers of TLS 1.3, on Bun', { ciphers: 'HIGH:TLS_AES_256_GCM_SHA384' }, bun, /tls\.ciphers .+ Bun/],
  ['a certificate that is no PEM, on Deno', { cert: 'no pem' }, deno, /tls\.cert cannot be read: .+/],
  ['a key that is no PEM, on Deno', { cert, key: 'no pem' }, deno, /tls\.key cannot be read: .+/],
  ['the key of another certificate, on Deno', { cert, key: otherCertificate.key }, deno, /tls\.key of another/],
  ['a wrong passphrase, on Deno', { cert, key: encrypted, passphrase: 'sand' }, deno, /tls\.key cannot be read: .+/],
])('refuses %s, and says so', (_name, tls, versions, message) => {
  expect(() => checkLeftOut(tls, versions as Record<string, string>)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringMatching(message) }),
  );
});
