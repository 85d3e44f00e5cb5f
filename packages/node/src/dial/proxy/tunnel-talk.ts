/** What is said with a proxy until it has reached the server, without I/O. */
export interface TunnelTalk {
  /** What is said first. */
  readonly opening: Uint8Array;
  /**
   * Takes what the proxy says, in chunks of any size, and answers what to say to it, or `'open'` once it carries the bytes of the
   * server. Throws `proxy-failed`.
   */
  hear(chunk: Uint8Array): Uint8Array | 'open' | undefined;
}
