import type { Socket } from 'node:net';
import { connect } from '@holdfast/node';
import type { Row } from '../row/row.ts';
import { peerBytes } from '../wire/peer-bytes.ts';
import type { App } from './app.ts';
import { showFrame } from '../play/compare-frame.ts';
import { Mismatch } from '../play/mismatch.ts';
import { acceptance, type Head, readHead } from './handshake.ts';
import { type Listener, listen } from './listen.ts';
import { appOptions, handshakeOf, isCompressed } from './options.ts';
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
    const { app, socket, request, opened } = await this.#dial(row);
    const early = earlyBytes(row);
    const { agreed } = handshakeOf(row, 'client');
    socket.write(Buffer.concat([Buffer.from(acceptance(request, agreed), 'latin1'), early]));
    const peer = new RawPeer(socket, 'client', isCompressed(row), request.rest);
    await opened;
    return new TcpBench('client', app, peer, early.length > 0);
  }

  /** Answers as the row says; our client has to end with this error, and TCP with it. Throws a Mismatch. */
  async checkRefusal(row: Row, code: string): Promise<void> {
    const { app, socket, request, opened } = await this.#dial(row);
    // Told by how it ends.
    opened.catch(() => {});
    socket.write(acceptance(request, handshakeOf(row, 'client').agreed), 'latin1');
    const peer = new RawPeer(socket, 'client', false, request.rest);
    const outcome = await app.log.change.until(() => app.log.outcome);
    if (outcome?.error !== code) throw new Mismatch(`the error ${code}`, outcome?.error ?? 'no end in time');
    if (!(await peer.until(() => peer.hasEnded || peer.hasClosed)))
      throw new Mismatch('the end of TCP', 'none in time');
    const frame = peer.takeFrame();
    if (frame) throw new Mismatch('no frame', showFrame(frame));
    peer.destroy();
  }

  async close(): Promise<void> {
    await (await this.#listener)?.close();
  }

  async #dial(row: Row): Promise<Dialled> {
    const { port } = await (this.#listener ??= listen((socket) => void this.#receive(socket)));
    const path = `/${++this.#count}`;
    const arrived = new Promise<Arrival>((resolve) => void this.#waiting.set(path, resolve));
    const abort = new AbortController();
    const client = connect(`ws://127.0.0.1:${port}${path}`, {
      ...appOptions(row),
      compression: row.compression?.client?.options ?? false,
      reconnect: false,
      // The echo of a burst waits for its peer, however long it is.
      outbox: { maxMessages: Infinity, maxBytes: Infinity },
      signal: abort.signal,
    });
    const app = publicApp(client, () => abort.abort());
    const opened = client.once('open');
    const { socket, request } = await Promise.race([arrived, opened.then(() => arrived)]);

    const { offered } = handshakeOf(row, 'client');
    const sent = request.headers.get('sec-websocket-extensions') ?? '';
    if (sent !== offered) throw new Error(`the client offered "${sent}", not "${offered}"`);
    return { app, socket, request, opened };
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

interface Dialled extends Arrival {
  readonly app: App;
  readonly opened: Promise<unknown>;
}

/** What the row sends in one piece with the handshake. */
function earlyBytes(row: Row): Buffer {
  const [first] = row.steps;
  return first?.do === 'send' && first.withHandshake ? peerBytes(first.items, 'client') : Buffer.alloc(0);
}
