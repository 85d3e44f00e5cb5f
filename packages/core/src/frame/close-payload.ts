import { cutUtf8, Utf8Decoder, Utf8Validator } from '../bytes/utf8.ts';
import { CloseCode, isCloseCodeOnWire, maxCloseReasonBytes } from '../close-code.ts';
import { failOn, HoldfastError } from '../errors.ts';

/** What a close frame says: `code` 1005 stands for a close frame without a code (RFC 6455 7.1.5). */
export interface ClosePayload {
  readonly code: number;
  readonly reason: string;
}

/** Reads the body of a close frame (RFC 6455 5.5.1). Throws `close-payload`, `close-code` or `utf8-invalid`. */
export function decodeClosePayload(payload: Uint8Array): ClosePayload {
  if (payload.length === 0) return { code: CloseCode.NoStatus, reason: '' };
  checkLength(payload.length);
  return { code: decodeCode(payload), reason: new Utf8Decoder().decode(payload.subarray(2)) };
}

/** Checks what has arrived of a close frame's body of so many bytes; throws as `decodeClosePayload` will. */
export function checkPartialClose(payloadBytes: number, arrived: Uint8Array): void {
  checkLength(payloadBytes);
  if (arrived.length < 2) return;
  decodeCode(arrived);
  new Utf8Validator().push(arrived.subarray(2));
}

function checkLength(payloadBytes: number): void {
  if (payloadBytes !== 1) return;
  throw new HoldfastError('close-payload', 'close frame with a body of 1 byte: a code has 2', { closeCode: 1002 });
}

function decodeCode(payload: Uint8Array): number {
  const code = (payload[0] as number) * 256 + (payload[1] as number);
  if (isCloseCodeOnWire(code)) return code;
  throw new HoldfastError('close-code', `close code ${code} may not travel`, { closeCode: 1002 });
}

/**
 * The body of a close frame; empty for 1005. A reason over 123 bytes is cut at a character's boundary. Throws
 * `invalid-close-code` on a code that may not travel.
 */
export function encodeClosePayload(code: number, reason = ''): Uint8Array {
  if (code === CloseCode.NoStatus) return new Uint8Array(0);
  if (!isCloseCodeOnWire(code)) failOn('invalid-close-code', code, '1000-1003, 1007-1014, 3000-4999');
  const text = cutUtf8(new TextEncoder().encode(reason), maxCloseReasonBytes);
  const payload = new Uint8Array(2 + text.length);
  payload[0] = code >> 8;
  payload[1] = code & 0xff;
  payload.set(text, 2);
  return payload;
}
