import { failOn } from '../errors.ts';
import type { Codec } from '../session/codec.ts';
import { checkJson } from './check-json.ts';
import { type CodecOf, type CodecOptions, createCodec, type Schemas, type TwoWayCodec } from './schema-codec.ts';

/**
 * Messages as JSON text, held to schemas in both directions: what arrives is what the schema makes of it, and so is what is
 * sent. Throws `invalid-option` or `unknown-option`.
 */
export function json<S extends Schemas>(schemas: S, options?: CodecOptions): CodecOf<S>;
/** Messages as JSON text, of types that nobody checks. */
export function json<In = unknown, Out = In>(schemas?: undefined, options?: CodecOptions): TwoWayCodec<In, Out>;
export function json(schemas?: Schemas, options?: CodecOptions): unknown {
  return createCodec(format, schemas, options);
}

const format: Codec<unknown, unknown> = {
  encode(message) {
    const text = JSON.stringify(message) as string | undefined;
    checkJson(message);
    return text as string;
  },
  decode(data) {
    if (typeof data !== 'string') failOn('decode-failed', `${data.length} bytes`, 'JSON text');
    // A key of this name would become a prototype where an app copies the value by assignment.
    return mayHaveProto.test(data) ? JSON.parse(data, withoutProto) : JSON.parse(data);
  },
};

/** By its letters, or by the escapes of some. */
const mayHaveProto = /__proto__|\\u00/i;

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
