import type { Socket } from 'node:net';
import { connect } from '@holdfast/node';
import type { Row } from '../row/row.ts';
import { peerBytes } from '../wire/peer-bytes.ts';
import { acceptance, type Head, readHead } from './handshake.ts';
import { type Listener, listen } from './listen.ts';
import { appOptions } from './options.ts';
import { publicApp } from './public-app.ts';
import { RawPeer } from './raw-peer.ts';
import { TcpBench } from './tcp-bench.ts';

/** Rows for our client: `connect` against a server written by hand. */
export class ClientSide {
  #listener: Promise<Listener> | undefined;
  #count = 0;
  /** Who waits for the request for which path. */
  readonly #waiting = new Map<string, (arrival: Arrival) => void>();

  async open(row: Row): Promise<TcpBench> {
    const { port } = await (this.#listener ??= listen((socket) => void this.#receive(socket)));
    const path = `/${++this.#count}`;
    const arrived = new Promise<Arrival>((resolve) => void this.#waiting.set(path, resolve));
    const abort = new AbortController();
    const client = connect(`ws://127.0.0.1:${port}${path}`, {
      ...appOptions(row.limits),
      reconnect: false,
      // The echo of a burst waits for its peer, however long it is.
      outbox: { maxMessages: Infinity, maxBytes: Infinity },
      signal: abort.signal,
    });
    const app = publicApp(client, () => abort.abort());
    const opened = client.once('open');
    const { socket, request } = await Promise.race([arrived, opened.then(() => arrived)]);

    const { offered = '', agreed = '' } = row.extensions ?? {};
    const sent = request.headers.get('sec-websocket-extensions') ?? '';
    if (sent !== offered) throw new Error(`the client offered "${sent}", not "${offered}"`);
    const early = earlyBytes(row);
    socket.write(Buffer.concat([Buffer.from(acceptance(request, agreed), 'latin1'), early]));
    const peer = new RawPeer(socket, 'client', request.rest);
    await opened;
    return new TcpBench('client', app, peer, early.length > 0);
  }

  async close(): Promise<void> {
    await (await this.#listener)?.close();
  }

  async #receive(socket: Socket): Promise<void> {
    const request = await readHead(socket);
    const path = request.line.split(' ')[1] ?? '';
    this.#waiting.get(path)?.({ socket, request });
    this.#waiting.delete(path);
  }
}

interface Arrival {
  readonly socket: Socket;
  readonly request: Head;
}

/** What the row sends in one piece with the handshake. */
function earlyBytes(row: Row): Buffer {
  const [first] = row.steps;
  return first?.do === 'send' && first.withHandshake ? peerBytes(first.items, 'client') : Buffer.alloc(0);
}
