/**
 * What an extension makes of the payloads of messages (RFC 6455 9): the seam that permessage-deflate plugs into (RFC 7692).
 * A message that it encoded has RSV1 set on its first frame.
 */
export interface MessageCodec {
  /** The payload that travels instead of this one; `undefined` lets this one travel as it is. */
  encode(payload: Uint8Array): Uint8Array | undefined;
  /**
   * What the next fragment of an encoded message holds, in memory of its own; `fin` with the last. `undefined` where that
   * is over `maxBytes`, of which little more is ever kept. Throws a HoldfastError with a `closeCode` on what nobody encodes.
   */
  decode(fragment: Uint8Array, fin: boolean, maxBytes: number): Uint8Array | undefined;
  /** How long a message of so many bytes may become by being encoded, in bytes. */
  maxEncodedBytes(bytes: number): number;
}
