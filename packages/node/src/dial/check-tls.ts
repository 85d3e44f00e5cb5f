import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { HoldfastError } from '@holdfast/core';
import type { TlsOptions } from './options.ts';
import { checkLeftOut } from './left-out-of-tls.ts';

/**
 * Throws `invalid-option` on certificates, keys or ciphers that cannot be used, which would fail every dial, or that this
 * runtime would leave out. The message is that of the runtime's TLS, which has nothing of the key in it.
 */
export function checkTls(tls: TlsOptions | SecureContextOptions): void {
  try {
    createSecureContext(tls as SecureContextOptions);
  } catch (cause) {
    throw new HoldfastError('invalid-option', `tls: ${(cause as Error).message}`, { cause });
  }
  checkLeftOut(tls as SecureContextOptions, process.versions);
}
