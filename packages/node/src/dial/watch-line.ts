import type { Socket } from 'node:net';

/** Is told of all bytes of one line behind its handshake, as they pass; each chunk is a copy of its own. */
export interface LineWatcher {
  onReceived(bytes: Uint8Array): void;
  onSent(bytes: Uint8Array): void;
}

/** Watches a socket from outside, so that nothing is asked for each message where nobody watches; `rest` is what has come already. */
export function watchLine(socket: Socket, rest: Uint8Array, watcher: LineWatcher): void {
  // Copies: what a socket reads into, and what we write from, serves again.
  if (rest.length > 0) watcher.onReceived(new Uint8Array(rest));
  socket.prependListener('data', (chunk: Uint8Array) => watcher.onReceived(new Uint8Array(chunk)));
  const write = socket.write.bind(socket) as (...written: unknown[]) => boolean;
  socket.write = (...written: unknown[]): boolean => {
    watcher.onSent(new Uint8Array(written[0] as Uint8Array));
    return write(...written);
  };
}
