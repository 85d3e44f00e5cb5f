import { failOn, type HoldfastError } from '../errors.ts';
import type { Message } from '../message.ts';
import { type Codec, codecError } from '../session/codec.ts';
import { fillOptions } from '../session/fill-options.ts';
import { checkSchema, type InputOf, type OutputOf, type StandardSchema, validate } from './standard-schema.ts';

/** What an app knows of its messages: one schema for both directions, or one for each; what has none is taken as it is. */
export type Schemas = StandardSchema | SchemaPair;

/** What arrives, and what is sent. */
export interface SchemaPair {
  readonly incoming?: StandardSchema | undefined;
  readonly outgoing?: StandardSchema | undefined;
}

/** What a bad message does: it is skipped, or closes the connection, or it is asked for each, with the error and what arrived. */
export type WhenInvalid = 'skip' | 'close' | ((error: HoldfastError, data: Message) => 'skip' | 'close');

/** How a codec deals with a message that it cannot decode, or that its schema refuses. */
export interface CodecOptions {
  /**
   * After an `error` event with `decode-failed` or `schema-mismatch`, of which the latter has the `issues`. `close` closes
   * with 1007 as a server, and for good with 4007 as a client: pages may not send the former. Default `skip`.
   */
  readonly whenInvalid?: WhenInvalid;
}

export type IncomingOf<S> = S extends StandardSchema
  ? S
  : S extends { readonly incoming: infer One extends StandardSchema }
    ? One
    : StandardSchema;
export type OutgoingOf<S> = S extends StandardSchema
  ? S
  : S extends { readonly outgoing: infer One extends StandardSchema }
    ? One
    : StandardSchema;

/** The codec of one end, which knows that of the other: what that gets, `PeerIn`, and what it may send, `PeerOut`. */
export interface TwoWayCodec<In, Out, PeerIn = Out, PeerOut = In> extends Codec<In, Out> {
  /**
   * The same for the other end, so that a message is declared once. Not for schemas that change a type: what one end made of
   * a message is what the other's schema would be given.
   */
  readonly flip: [In, PeerIn] extends [PeerOut, Out]
    ? (options?: CodecOptions) => TwoWayCodec<PeerIn, PeerOut, In, Out>
    : 'a schema that changes the type of its value cannot serve both ends';
}

/** The two-way codec of these schemas. */
export type CodecOf<S> = TwoWayCodec<
  OutputOf<IncomingOf<S>>,
  InputOf<OutgoingOf<S>>,
  OutputOf<OutgoingOf<S>>,
  InputOf<IncomingOf<S>>
>;

/**
 * A codec of the app's own, with schemas: what it decoded is what the schema makes of it, and what the schema makes of a
 * message is what it encodes. Throws `invalid-option` or `unknown-option`.
 */
export function withSchemas<S extends Schemas>(
  codec: Codec<unknown, OutputOf<OutgoingOf<S>>>,
  schemas: S,
  options?: CodecOptions,
): Codec<OutputOf<IncomingOf<S>>, InputOf<OutgoingOf<S>>> {
  return createCodec(codec, schemas, options);
}

/** The codec of this format with these schemas, of whatever types its caller knows them to be. Throws as `withSchemas` does. */
export function createCodec(
  format: Codec<unknown, never>,
  schemas: Schemas = {},
  options: CodecOptions = {},
): TwoWayCodec<unknown, unknown> {
  const { incoming, outgoing } = pairOf(schemas);
  const { whenInvalid } = checkOptions(options);
  return {
    encode: (message) => format.encode((outgoing ? validate(outgoing, message, 'invalid-message') : message) as never),
    decode(data) {
      try {
        const message = format.decode(data);
        return incoming ? validate(incoming, message, 'schema-mismatch') : message;
      } catch (cause) {
        const error = codecError('decode-failed', cause);
        const isOver = (typeof whenInvalid === 'function' ? whenInvalid(error, data) : whenInvalid) === 'close';
        // RFC 6455 7.4.1: data that is not consistent with the type of the message.
        throw isOver ? Object.assign(error, { closeCode: 1007 }) : error;
      }
    },
    flip: (others = options) => createCodec(format, { incoming: outgoing, outgoing: incoming }, others),
  };
}

function pairOf(schemas: Schemas): SchemaPair {
  if ('~standard' in schemas) {
    checkSchema('schema', schemas);
    return { incoming: schemas, outgoing: schemas };
  }
  const pair = fillOptions(schemas, { incoming: undefined, outgoing: undefined }, 'schemas') as SchemaPair;
  for (const [name, schema] of Object.entries(pair)) if (schema) checkSchema(name, schema);
  return pair;
}

function checkOptions(options: CodecOptions): CodecOptions {
  const filled = fillOptions(options, { whenInvalid: undefined }, 'codec') as CodecOptions;
  const { whenInvalid = 'skip' } = filled;
  if (typeof whenInvalid !== 'function' && !/^(skip|close)$/.test(whenInvalid)) {
    failOn('invalid-option', `whenInvalid ${whenInvalid as string}`, 'skip, close, or a function');
  }
  return filled;
}
