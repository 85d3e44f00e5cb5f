import type { TlsOptions } from '@holdfast/node';
import type { Tls } from './command.ts';
import { readFile } from './read-file.ts';

/** The options of the library for those of the command line. Throws a UsageError on a file that cannot be read. */
export function tlsOptions({ ca, cert, key, servername, isInsecure }: Tls): TlsOptions {
  return {
    ...(ca.length > 0 && { ca: ca.map((path) => readFile('--ca', path)) }),
    ...(cert !== undefined && { cert: readFile('--cert', cert) }),
    ...(key !== undefined && { key: readFile('--key', key) }),
    ...(servername !== undefined && { servername }),
    ...(isInsecure && { rejectUnauthorized: false }),
  };
}
