import { failOn, HoldfastError, type HoldfastErrorCode } from './errors.ts';
import { checkWellFormed, encodeUtf8 } from './message.ts';

/** The close codes of RFC 6455 7.4.1 and the IANA registry. */
export const CloseCode = {
  Normal: 1000,
  GoingAway: 1001,
  ProtocolError: 1002,
  UnsupportedData: 1003,
  /** Never travels: the peer's close frame had no code. */
  NoStatus: 1005,
  /** Never travels: the line ended without a close frame. */
  Abnormal: 1006,
  InvalidPayload: 1007,
  PolicyViolation: 1008,
  MessageTooBig: 1009,
  MandatoryExtension: 1010,
  InternalError: 1011,
  ServiceRestart: 1012,
  TryAgainLater: 1013,
  BadGateway: 1014,
  /** Never travels: the TLS handshake failed. */
  TlsHandshake: 1015,
} as const;

/** How a connection ended, as both ends of RFC 6455 7.1 and the WHATWG close event tell it. */
export interface CloseOutcome {
  /** The code of the peer's close frame; 1005 if it had none, 1006 if there was no close frame. */
  readonly code: number;
  readonly reason: string;
  /** Both close frames had passed when the line ended. */
  readonly wasClean: boolean;
  /** Why, where it was not the closing handshake. */
  readonly error?: HoldfastError | undefined;
}

/** The longest close reason, in bytes of UTF-8: a control frame's 125 less the code's 2 (RFC 6455 5.5). */
export const maxCloseReasonBytes = 123;

/** Whether a close frame may carry this code: registered and not reserved, or 3000 to 4999 (RFC 6455 7.4). */
export function isCloseCodeOnWire(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== CloseCode.NoStatus && code !== CloseCode.Abnormal;
}

/** Throws unless an app may close with this: 1000 or 3000 to 4999, and at most 123 bytes (WHATWG WebSockets, close()). */
export function checkAppClose(code: number, reason: string): void {
  const codes = /^(1000|[34]\d{3})$/;
  if (typeof code !== 'number' || !codes.test(`${code}`)) failOn('invalid-close-code', code, codes);
  checkCloseReason(reason);
}

/** Throws unless this is well-formed text of at most 123 bytes. */
export function checkCloseReason(reason: string): void {
  const { length } = encodeUtf8(reason);
  if (typeof reason !== 'string' || length > 123) {
    failOn('invalid-close-reason', `${reason} (${length} bytes)`, 'text, 123 bytes');
  }
  checkWellFormed(reason);
}

/** The outcome of a connection that ended without a closing handshake. */
export function abnormal(error?: HoldfastError): CloseOutcome {
  return { code: 1006, reason: '', wasClean: false, error };
}

/** The same, by an error that is made of this. */
export function lost(code: HoldfastErrorCode, message?: string, cause?: unknown): CloseOutcome {
  return abnormal(new HoldfastError(code, message, { cause }));
}
