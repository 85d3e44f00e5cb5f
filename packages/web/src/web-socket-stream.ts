// What TypeScript does not know yet: https://developer.mozilla.org/docs/Web/API/WebSocketStream

/** An open connection. */
export interface StreamConnection {
  readonly readable: ReadableStream<string | ArrayBuffer | Uint8Array>;
  readonly writable: WritableStream<string | BufferSource>;
  readonly protocol: string;
  readonly extensions: string;
}

/** A WebSocket by streams. */
export interface WebSocketStream {
  readonly opened: Promise<StreamConnection>;
  /** Rejects where the closing handshake did not come to its end. */
  readonly closed: Promise<{ readonly closeCode?: number; readonly reason?: string }>;
  close(info?: { readonly closeCode?: number; readonly reason?: string }): void;
}

/** The browser's class, where it has one. */
export type WebSocketStreamClass = new (
  url: string,
  options: { readonly protocols: readonly string[] },
) => WebSocketStream;

/** The class of this browser, or `undefined`. */
export function findWebSocketStream(): WebSocketStreamClass | undefined {
  return (globalThis as { readonly WebSocketStream?: WebSocketStreamClass }).WebSocketStream;
}
