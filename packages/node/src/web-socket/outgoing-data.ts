import { types } from 'node:util';
import { toUsvString } from './web-idl.ts';

/** What `send()` takes, once it is converted: text, bytes that are shared with what was given, or a Blob. */
export type OutgoingData = string | Uint8Array | Blob;

/**
 * Converts what was given to `send()`: what is neither bytes nor a Blob is text. Throws a TypeError on a symbol, and on
 * bytes that others may change or resize meanwhile (Web IDL, BufferSource without [AllowShared] and [AllowResizable]).
 */
export function toOutgoingData(value: unknown): OutgoingData {
  if (value instanceof Blob) return value;
  if (ArrayBuffer.isView(value)) return viewOf(value.buffer, value);
  if (types.isArrayBuffer(value)) return viewOf(value);
  return toUsvString(value);
}

/** How many bytes of payload it is. */
export function byteLengthOf(data: OutgoingData): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  return data instanceof Blob ? data.size : data.byteLength;
}

function viewOf(buffer: ArrayBufferLike, view?: ArrayBufferView): Uint8Array {
  if (types.isSharedArrayBuffer(buffer)) throw new TypeError('send: the bytes must not be shared between threads');
  if (isResizable(buffer)) throw new TypeError('send: the buffer must not be resizable');
  // A buffer that was transferred has no bytes any more, and a view of it cannot be asked for its place.
  if (buffer.byteLength === 0) return new Uint8Array(0);
  return new Uint8Array(buffer, view?.byteOffset, view?.byteLength);
}

function isResizable(buffer: ArrayBufferLike): boolean {
  return (buffer as { readonly resizable?: boolean }).resizable === true;
}
