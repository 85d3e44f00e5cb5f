import { applyMask } from './mask.ts';
import { checkUtf8, Utf8Decoder } from '../bytes/utf8.ts';

/** Work on many bytes that a platform may do faster than portable code can; both are held to the same vectors. */
export interface ByteKernels {
  /** Memory of this length, whatever it holds: who asks for it writes all of it. */
  allocate(bytes: number): Uint8Array;
  /** Masks or unmasks in place; `offset` is the place of the first byte in its payload (RFC 6455 5.3). */
  mask(bytes: Uint8Array, key: Uint8Array, offset: number): void;
  /** How long a text is as UTF-8. */
  utf8Length(text: string): number;
  /** Writes a text as UTF-8 to a place that has room for it; answers its length there. */
  writeUtf8(target: Uint8Array, at: number, text: string): number;
  /** The text of the bytes from `start` to `end`, a leading U+FEFF too; `undefined` where they are not UTF-8. */
  readUtf8(bytes: Uint8Array, start: number, end: number): string | undefined;
  /** Whether these bytes are whole characters. */
  isUtf8(bytes: Uint8Array): boolean;
}

const encoder = new TextEncoder();
const decoder = new Utf8Decoder();

/** What every platform has. */
export const portableKernels: ByteKernels = {
  allocate: (bytes) => new Uint8Array(bytes),
  mask: applyMask,
  utf8Length: (text) => encoder.encode(text).length,
  writeUtf8: (target, at, text) => encoder.encodeInto(text, target.subarray(at)).written,
  readUtf8: (bytes, start, end) => decoder.tryDecode(bytes.subarray(start, end)),
  isUtf8: (bytes) => {
    try {
      checkUtf8([bytes]);
      return true;
    } catch {
      return false;
    }
  },
};
