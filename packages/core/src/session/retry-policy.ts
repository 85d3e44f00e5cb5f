import type { CloseOutcome } from '../close-code.ts';

/** How a dial or a link ended, for the decision to dial again. */
export interface DisconnectCause extends CloseOutcome {
  /** The number of the dial that failed, or that had opened the link; 0 after a stable connection. */
  readonly attempt: number;
}

/**
 * Whether to dial again where the app does not say: yes, unless the peer said that it is done (1000), that our messages
 * are at fault (1002, 1003, 1007 to 1010), or the server refused the request itself: a status 4xx, apart from 408, 425
 * and 429, which ask for patience.
 */
export function isWorthRetrying({ code, error }: DisconnectCause): boolean {
  const { status = 0 } = error ?? {};
  if (status >= 400 && status < 500) return status === 408 || status === 425 || status === 429;
  return !(code === 1000 || code === 1002 || code === 1003 || (code >= 1007 && code <= 1010));
}
