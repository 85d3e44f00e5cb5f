import { failOn } from '../errors.ts';
import { type CodecOf, type CodecOptions, createCodec, type Schemas, type TwoWayCodec } from './schema-codec.ts';

/** The two functions of a library for values as bytes, such as `@msgpack/msgpack`, `msgpackr` or `cbor-x`. */
export interface BinaryFormat {
  readonly encode: (value: unknown) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
}

/**
 * Messages as bytes of a library's format, MessagePack for example, held to schemas in both directions: what arrives is what
 * the schema makes of it, and so is what is sent. Throws `invalid-option` or `unknown-option`.
 */
export function binary<S extends Schemas>(library: BinaryFormat, schemas: S, options?: CodecOptions): CodecOf<S>;
/** Messages as bytes of a library's format, of types that nobody checks. */
export function binary<In = unknown, Out = In>(
  library: BinaryFormat,
  schemas?: undefined,
  options?: CodecOptions,
): TwoWayCodec<In, Out>;
export function binary({ encode, decode }: BinaryFormat, schemas?: Schemas, options?: CodecOptions): unknown {
  if (typeof encode !== 'function' || typeof decode !== 'function') {
    failOn('invalid-option', 'library', 'one with the functions encode and decode');
  }
  const format = {
    encode: (value: unknown) => encode(value),
    decode(data: string | Uint8Array) {
      if (typeof data === 'string') failOn('decode-failed', 'text', 'bytes');
      return decode(data);
    },
  };
  return createCodec(format, schemas, options);
}
