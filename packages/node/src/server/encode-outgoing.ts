import { checkOutgoing, type Codec, encodeBy, type Outgoing } from '@holdfast/core/adapter';

/** What travels for a message of the app, by its codec if there is one. Throws `invalid-message` or `lone-surrogate`. */
export function encodeOutgoing(codec: Codec<unknown, never> | undefined, message: unknown): Outgoing {
  const encoded = codec ? encodeBy(codec, message as never) : message;
  checkOutgoing(encoded);
  return encoded as Outgoing;
}
