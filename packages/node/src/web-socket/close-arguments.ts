import { clampToUnsignedShort, toUsvString } from './web-idl.ts';

/** What `close()` was given, where it was given. */
export interface CloseArguments {
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

/**
 * Takes what was given to `close()`. Throws an InvalidAccessError on a code that an app may not use, and a SyntaxError on a
 * reason that is too long for a close frame (WHATWG WebSockets, close(), steps 1 and 2).
 */
export function checkCloseArguments(givenCode: unknown, givenReason: unknown): CloseArguments {
  const code = givenCode === undefined ? undefined : clampToUnsignedShort(givenCode);
  const reason = givenReason === undefined ? undefined : toUsvString(givenReason);
  if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) {
    throw new DOMException(`close code ${code} is not 1000 or 3000 to 4999`, 'InvalidAccessError');
  }
  const bytes = Buffer.byteLength(reason ?? '');
  if (bytes > 123) throw new DOMException(`close reason of ${bytes} bytes, 123 are allowed`, 'SyntaxError');
  return { code, reason };
}
