import { failOn } from '../../errors.ts';
import { md5 } from './md5.ts';
import { sha256 } from './sha-256.ts';
import type { StreamingHash } from './streaming-hash.ts';

const hashes: Readonly<Record<ChecksumName, () => StreamingHash>> = { 'sha-256': sha256, md5 };

/** Which checksum is made: `md5` finds faults of a line, `sha-256` also forgeries. */
export type ChecksumName = 'sha-256' | 'md5';

/** Whether this names a checksum. */
export function isChecksumName(value: unknown): value is ChecksumName {
  return typeof value === 'string' && Object.hasOwn(hashes, value);
}

/** A checksum in plain JavaScript. Throws `invalid-option` on a name that there is not. */
export function createHash(name: ChecksumName): StreamingHash {
  if (!isChecksumName(name)) failOn('invalid-option', `checksum ${name as string}`, Object.keys(hashes));
  return hashes[name]();
}
