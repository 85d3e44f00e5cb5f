import { failOn } from '../../errors.ts';
import { type BlockHash, hashBlocks, type StreamingHash } from './block-hash.ts';
import { md5 } from './md5.ts';
import { sha256 } from './sha-256.ts';

const hashes: Readonly<Record<ChecksumName, () => BlockHash>> = { 'sha-256': sha256, md5 };

/** Which checksum is made: `md5` finds faults of a line, `sha-256` also forgeries. */
export type ChecksumName = 'sha-256' | 'md5';

/** Whether this names a checksum. */
export function isChecksumName(value: unknown): value is ChecksumName {
  return typeof value === 'string' && Object.hasOwn(hashes, value);
}

/** A checksum in plain JavaScript. Throws `invalid-option` on a name that there is not. */
export function createHash(name: ChecksumName): StreamingHash {
  if (!isChecksumName(name)) failOn('invalid-option', `checksum ${name as string}`, Object.keys(hashes));
  return hashBlocks(hashes[name]());
}

/**
 * The same as source code: an expression that answers, for the name of a checksum, a `StreamingHash`. For a worker, which has
 * nothing else of this package.
 */
export function hashSource(): string {
  const makers = Object.entries(hashes).map(([name, make]) => `${JSON.stringify(name)}: ${String(make)}`);
  return `(name) => (${String(hashBlocks)})({ ${makers.join(', ')} }[name]())`;
}
