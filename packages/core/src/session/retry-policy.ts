import type { CloseOutcome } from '../close-code.ts';

/** How which dial, or its link, ended. */
export interface DialCause extends CloseOutcome {
  /** The number of the dial that failed, or that had opened the link; 0 after a stable connection. */
  readonly attempt: number;
}

/** How a dial or a link ended, for the decision to dial again. */
export interface DisconnectCause extends DialCause {
  /** How many dials in a row, this one counted, were refused for who we are: HTTP status 401 or 403. */
  readonly refusals: number;
  /** Whether the next dial asks the app again: its URL, sub-protocols or headers are a function. */
  readonly canRefresh: boolean;
}

/**
 * Whether to dial again where the app does not say: yes, unless the peer said that it is done (1000) or that our
 * messages are at fault (1002, 1003, 1007 to 1010), or the server refused the request itself: a status 4xx, apart from
 * 408, 425 and 429, which ask for patience, and from a first 401 or 403 where the next dial can bear a fresh token.
 */
export function isWorthRetrying({ code, error, refusals, canRefresh }: DisconnectCause): boolean {
  if (canRefresh && refusals === 1) return true;
  return !/^10(0[023789]|10) | 4(?!08|25|29)/.test(`${code} ${error?.status}`);
}
