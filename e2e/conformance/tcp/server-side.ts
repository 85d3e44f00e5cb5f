import { type Server, serve } from '@holdfast/node/server';
import type { Row } from '../row/row.ts';
import type { App } from './app.ts';
import { shakeHands } from './handshake.ts';
import { dial } from './listen.ts';
import { appOptions, handshakeOf, isCompressed } from './options.ts';
import { publicApp } from './public-app.ts';
import { RawPeer } from './raw-peer.ts';
import { TcpBench } from './tcp-bench.ts';

/** Rows for our server: `serve` against a client written by hand. */
export class ServerSide {
  /** One server for each set of limits. */
  readonly #servers = new Map<string, Promise<Server>>();
  readonly #waiting = new Map<string, (app: App) => void>();
  #count = 0;

  async open(row: Row): Promise<TcpBench> {
    const { port } = await this.#serve(row);
    const path = `/${++this.#count}`;
    const connected = new Promise<App>((resolve) => void this.#waiting.set(path, resolve));
    const socket = await dial(port);
    const { offered, agreed } = handshakeOf(row, 'server');
    const answer = await shakeHands(socket, path, offered);
    if (answer.agreed !== agreed) throw new Error(`the server agreed to "${answer.agreed}", not "${agreed}"`);
    const peer = new RawPeer(socket, 'server', isCompressed(row), answer.rest);
    return new TcpBench('server', await connected, peer, false);
  }

  async close(): Promise<void> {
    for (const server of this.#servers.values()) await (await server).close();
  }

  #serve(row: Row): Promise<Server> {
    const { options: compression = false } = row.compression?.server ?? {};
    const options = { ...appOptions(row), compression, port: 0, host: '127.0.0.1' };
    const key = JSON.stringify(options);
    const server =
      this.#servers.get(key) ??
      serve(options, (connection) => {
        const path = connection.request.url;
        this.#waiting.get(path)?.(publicApp(connection, () => connection.terminate()));
        this.#waiting.delete(path);
      });
    this.#servers.set(key, server);
    return server;
  }
}
