import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { HoldfastError } from '@holdfast/core';
import type { TlsOptions } from '../options.ts';

/**
 * Throws `invalid-option` on certificates, keys or ciphers that cannot be used, which would fail every dial. The message
 * is OpenSSL's, which has nothing of the key in it.
 */
export function checkTls(tls: TlsOptions): void {
  try {
    createSecureContext(tls as SecureContextOptions);
  } catch (cause) {
    throw new HoldfastError('invalid-option', `tls: ${(cause as Error).message}`, { cause });
  }
}
