import { HoldfastError } from '@holdfast/core';

/** What went wrong, as a page shows it. */
export interface Problem {
  /** The stable code, when it is an error of holdfast. */
  readonly code: string | undefined;
  readonly message: string;
}

export function problemFrom(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof HoldfastError ? error.code : undefined, message };
}
