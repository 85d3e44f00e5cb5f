import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { openLine } from './open-line.ts';
import type { WatchedLines } from './watched-lines.ts';

/** The request line has to come within this, and in so few bytes. */
const headTimeoutMs = 10_000;
const maxRequestLineBytes = 4096;

/** So long may the watcher of a line come behind it. */
const watcherTimeoutMs = 2_000;

/** A second way to a server, on a port of its own: what goes by it can be watched and broken. */
export interface LinePort {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on `port` of this machine (0: any) for connections to the server on `serverPort`. The query of a request names the
 * watch that it belongs to, as `/echo?line=mark`; a request that names none is dropped.
 */
export async function listenForLines(port: number, serverPort: number, lines: WatchedLines): Promise<LinePort> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => undefined);
    readRequestLine(client, async (requestLine, read) => {
      const mark = /[?&]line=([\w-]{1,64})/.exec(requestLine)?.[1];
      client.pause();
      const watch = mark === undefined ? undefined : await lines.find(mark, watcherTimeoutMs);
      if (!watch || client.destroyed) return void client.destroy();
      openLine(client, read, serverPort, watch);
      client.resume();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of open) client.destroy();
      await closed;
    },
  };
}

/** Calls back with the first line, and with all that was read; drops a client that does not send one. */
function readRequestLine(client: Socket, onLine: (line: string, read: Uint8Array) => Promise<void>): void {
  const limit = setTimeout(() => client.destroy(), headTimeoutMs);
  let read = Buffer.alloc(0);
  const onData = (piece: Buffer) => {
    read = Buffer.concat([read, piece]);
    const end = read.indexOf('\r\n');
    if (end < 0 && read.length > maxRequestLineBytes) return void client.destroy();
    if (end < 0) return;
    clearTimeout(limit);
    client.off('data', onData);
    void onLine(read.toString('latin1', 0, end), read);
  };
  client.on('data', onData);
  client.on('close', () => clearTimeout(limit));
}
