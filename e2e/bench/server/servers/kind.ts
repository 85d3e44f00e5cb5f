/** What a server does: sends back each message, or sends one to all when it is told. */
export interface ServerWork {
  readonly mode: 'echo' | 'broadcast';
  /** Is called for what comes to a server that broadcasts. */
  readonly onQuestion: () => void;
  /** What is broadcast. */
  readonly message: Uint8Array;
}

/** A server among those that are compared, used as its users would. */
export interface BenchServer {
  readonly port: number;
  /** Sends the message to all. */
  broadcast(): void;
}
