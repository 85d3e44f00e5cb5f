import { failOn, tagOf } from './errors.ts';

/** What arrives: text, or binary as Uint8Array on every platform. */
export type Message = string | Uint8Array;

/** What an app may send: text, or binary in any of the platform's shapes. */
export type Outgoing = string | ArrayBuffer | ArrayBufferView;

/** Throws on a lone surrogate, which UTF-8 cannot carry: the peer would read U+FFFD in its place. */
export function checkWellFormed(text: string): void {
  // Far quicker, on platforms that have it.
  if ((text as { isWellFormed?(): boolean }).isWellFormed?.()) return;
  // With the `u` flag a surrogate is only matched where its other half is missing.
  const index = text.search(/\p{Cs}/u);
  if (index >= 0) failOn('lone-surrogate', `index ${index}`, 'pairs');
}

/** Throws unless this is well-formed text or bytes. */
export function checkOutgoing(message: unknown): void {
  if (typeof message === 'string') checkWellFormed(message);
  else if (!ArrayBuffer.isView(message) && tagOf(message) !== '[object ArrayBuffer]') {
    failOn('invalid-message', message, 'text or bytes');
  }
}

/** The bytes of a binary message, shared with it. */
export function viewBytes(message: ArrayBuffer | ArrayBufferView): Uint8Array {
  return new Uint8Array(
    (message as ArrayBufferView).buffer ?? message,
    (message as ArrayBufferView).byteOffset,
    message.byteLength,
  );
}

/** Text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
