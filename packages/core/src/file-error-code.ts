/** Why a receiver takes no more of a file; these words travel. */
export const fileErrorCodes = [
  'file-refused',
  'file-name-refused',
  'file-exists',
  'file-too-large',
  'file-no-space',
  'file-checksum',
  'file-cancelled',
  'file-busy',
  'file-malformed',
  'file-taken',
  'file-failed',
] as const;

export type FileErrorCode = (typeof fileErrorCodes)[number];
