import { HoldfastError, type HoldfastErrorCode } from '@holdfast/core/adapter';

/** What the sender is told of what the system said; of all else, that it failed. */
const codes: Readonly<Record<string, HoldfastErrorCode>> = {
  ENOSPC: 'file-no-space',
  EDQUOT: 'file-no-space',
  EFBIG: 'file-too-large',
  ENAMETOOLONG: 'file-name-refused',
  EILSEQ: 'file-name-refused',
  EEXIST: 'file-exists',
  EISDIR: 'file-exists',
};

/** An error of the system as one of holdfast, with its cause. */
export function storageFailure(cause: unknown): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new HoldfastError(codes[code] ?? 'file-failed', message, { cause });
}
