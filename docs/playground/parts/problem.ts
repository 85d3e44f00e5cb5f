import { HoldfastError } from '@holdfast/core';

/** What went wrong, as a page shows it. */
export interface Problem {
  /** The stable code, when it is an error of holdfast. */
  readonly code: string | undefined;
  readonly message: string;
}

/** What went wrong in an action; the code that begins a HoldfastError's message is told apart from it. */
export function problemFrom(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof HoldfastError)) return { code: undefined, message };
  const start = `${error.code}: `;
  return { code: error.code, message: message.startsWith(start) ? message.slice(start.length) : message };
}
