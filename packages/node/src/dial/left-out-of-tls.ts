import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecureContextOptions, KeyObject as TlsKey } from 'node:tls';
import { failOn, HoldfastError } from '@holdfast/core/adapter';

/**
 * Throws `invalid-option` on what a runtime other than Node would leave out of these options without a word, so that the
 * connection were less than the app asked for. `versions` are those of the process.
 */
export function checkLeftOut(
  tls: SecureContextOptions,
  { bun, deno }: Readonly<Record<string, string | undefined>>,
): void {
  const { ciphers = '' } = tls;
  if (bun && /\bTLS_/.test(ciphers)) {
    failOn('invalid-option', `tls.ciphers ${ciphers}`, 'those of TLS 1.2: Bun chooses those of TLS 1.3 itself');
  }
  if (!deno) return;
  if (ciphers) failOn('invalid-option', `tls.ciphers ${ciphers}`, 'none: Deno chooses them itself');
  checkKeys(tls);
}

/** Deno takes any text for a certificate and a key, and shows no certificate where they are of no use. */
function checkKeys({ cert = [], key = [], passphrase }: SecureContextOptions): void {
  const certificates = [cert].flat().map((pem) => read('tls.cert', () => new X509Certificate(pem)));
  const keys = [key].flat().map((each) => read('tls.key', () => privateKey(each, passphrase)));
  if (certificates.length === 0) return;
  const hasCertificate = (own: KeyObject) => certificates.some((certificate) => certificate.checkPrivateKey(own));
  if (!keys.every(hasCertificate)) failOn('invalid-option', 'tls.key of another certificate', 'that of tls.cert');
}

/** A key in PEM, or one with a passphrase of its own. */
function privateKey(key: string | Buffer | TlsKey, common = ''): KeyObject {
  const { pem, passphrase = common } = typeof key === 'object' && 'pem' in key ? key : { pem: key };
  return createPrivateKey({ key: pem, passphrase });
}

function read<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new HoldfastError('invalid-option', `${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
