import { isCloseCodeOnWire } from '@holdfast/core';
import { checkCloseReason, failOn } from '@holdfast/core/adapter';

const serverCloseCodes = '1000-1003, 1007-1009, 1011-1014, 3000-4999';

/** Throws unless a server may close with this: a code that may travel and is not a client's, and at most 123 bytes. */
export function checkServerClose(code: number, reason: string): void {
  // RFC 6455 7.4.1: 1010 is a client's.
  if (!isCloseCodeOnWire(code) || code === 1010) failOn('invalid-close-code', code, serverCloseCodes);
  checkCloseReason(reason);
}
