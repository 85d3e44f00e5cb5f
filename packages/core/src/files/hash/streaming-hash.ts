/** A checksum of bytes that come piece by piece. */
export interface StreamingHash {
  readonly update: (bytes: Uint8Array) => void;
  /** The checksum in hexadecimal digits, in lower case; nothing may follow. */
  readonly digest: () => string;
}
