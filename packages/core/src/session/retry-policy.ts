import type { CloseOutcome } from '../close-code.ts';

/** How a dial or a link ended, for the decision to dial again. */
export interface DisconnectCause extends CloseOutcome {
  /** The number of the dial that failed, or that had opened the link; 0 after a stable connection. */
  readonly attempt: number;
}

/**
 * Whether to dial again where the app does not say: yes, unless the peer said that it is done (1000) or that our
 * messages are at fault (1002, 1003, 1007 to 1010), or the server refused the request itself: a status 4xx, apart from
 * 408, 425 and 429, which ask for patience.
 */
export function isWorthRetrying({ code, error }: DisconnectCause): boolean {
  return !/^10(0[023789]|10) | 4(?!08|25|29)/.test(`${code} ${error?.status}`);
}
