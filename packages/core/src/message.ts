import { HoldfastError } from './errors.ts';

/** What arrives: text, or binary as Uint8Array on every platform. */
export type Message = string | Uint8Array;

/** What an app may send: text, or binary in any of the platform's shapes. */
export type Outgoing = string | ArrayBuffer | ArrayBufferView;

/** Throws on a lone surrogate, which UTF-8 cannot carry: the peer would read U+FFFD in its place. */
export function checkWellFormed(text: string): void {
  // With the `u` flag a surrogate is only matched where its other half is missing.
  const at = text.search(/\p{Surrogate}/u);
  if (at >= 0) {
    const unit = text.charCodeAt(at).toString(16);
    throw new HoldfastError('lone-surrogate', `lone surrogate U+${unit} at index ${at}: the text cannot be UTF-8`);
  }
}

/** Throws unless this is well-formed text or bytes. */
export function checkOutgoing(message: unknown): asserts message is Outgoing {
  if (typeof message === 'string') {
    checkWellFormed(message);
  } else if (!(ArrayBuffer.isView(message) || isArrayBuffer(message))) {
    throw new HoldfastError(
      'invalid-message',
      `cannot send ${describe(message)}: a message is a string, an ArrayBuffer or a view of one`,
    );
  }
}

/** The bytes of a binary message, shared with it. */
export function viewBytes(message: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(message)
    ? new Uint8Array(message.buffer, message.byteOffset, message.byteLength)
    : new Uint8Array(message);
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  // Not `instanceof`: a buffer may come from another realm (an iframe, a vm context).
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function describe(value: unknown): string {
  const type = Object.prototype.toString.call(value).slice(8, -1);
  return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? type : `${type} ${value}`;
}
