// For apps: what the messages on the wire mean, and what holds them to it.
export { binary, type BinaryFormat } from './codec/binary.ts';
export { json } from './codec/json.ts';
export {
  type CodecOf,
  type CodecOptions,
  type SchemaPair,
  type Schemas,
  type TwoWayCodec,
  type WhenInvalid,
  withSchemas,
} from './codec/schema-codec.ts';
export type { InputOf, OutputOf, SchemaResult, StandardSchema } from './codec/standard-schema.ts';
export type { SchemaIssue } from './errors.ts';
export type { Codec } from './session/codec.ts';
