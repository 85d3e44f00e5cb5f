import { HoldfastError } from '../errors.ts';
import type { FileErrorCode } from '../file-error-code.ts';
import { isFileErrorCode } from './packet.ts';

/** Any error as one whose code may travel: what else went wrong is `file-failed`, with its cause. */
export function failureOf(error: unknown): HoldfastError & { readonly code: FileErrorCode } {
  const known = error instanceof HoldfastError && isFileErrorCode(error.code);
  return (known ? error : new HoldfastError('file-failed', 'storing', { cause: error })) as never;
}
