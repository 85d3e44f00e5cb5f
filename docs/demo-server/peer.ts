import type { Connection } from '@holdfast/node/server';

/** One client as a room sees it: a `Connection` of ours is one as it is, and a `WsPeer` makes one of a socket of ws. */
export interface Peer extends Pick<Connection, 'bufferedBytes' | 'send' | 'drained' | 'delivery'> {
  readonly request: { readonly url: string };
  on(type: 'message', listener: (event: { readonly data: string | Uint8Array }) => unknown): unknown;
  on(type: 'closed', listener: () => unknown): unknown;
  /** With delivery: the line is lost, and the client may come back. */
  on(type: 'disconnected', listener: (event: { readonly code: number }) => unknown): unknown;
  close(code?: number, reason?: string): unknown;
  /** The messages, in order; the client is read as fast as they are taken. */
  [Symbol.asyncIterator](): AsyncIterator<string | Uint8Array>;
}
