import { HoldfastError, type HoldfastErrorCode } from '../errors.ts';
import type { Message, Outgoing } from '../message.ts';

/** How the messages of an app travel: `json()`, `binary()`, or one of the app's own. */
export interface Codec<In, Out> {
  /** What travels for a message. What it throws becomes `invalid-message`, unless it is a HoldfastError. */
  readonly encode: (message: Out) => Outgoing;
  /**
   * The message that arrived as this. What it throws is told by an `error` event, as `decode-failed` unless it is a
   * HoldfastError, and the message is skipped; with one that has a `closeCode` the connection is closed too.
   */
  readonly decode: (data: Message) => In;
}

/** What a message travels as. Throws HoldfastErrors alone. */
export function encodeBy<Out>(codec: Codec<unknown, Out>, message: Out): Outgoing {
  try {
    return codec.encode(message);
  } catch (cause) {
    throw codecError('invalid-message', cause);
  }
}

/** What a codec threw, where it is one of our errors, else one of this code that it caused. */
export function codecError(code: HoldfastErrorCode, cause: unknown): HoldfastError {
  return cause instanceof HoldfastError ? cause : new HoldfastError(code, String(cause), { cause });
}
