import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { HoldfastError } from '@holdfast/core';
import { type CommonServeOptions, type Server, serve } from '@holdfast/node/server';
import { acceptance, readHead } from '../../conformance/tcp/handshake.ts';
import { listenOnFreePort, loopbackUrl } from '../../servers/listen.ts';
import type { Peer } from '../peer.ts';
import { BareEnd } from './bare-end.ts';
import { type BareLine, type Bench, type Line, type LineOptions, limitsOf, type Refusal, type Told } from './bench.ts';
import { OurEnd } from './our-end.ts';
import { PeerRuns } from './peer-runs.ts';
import { startTap, type Tap } from './tap.ts';

/** Our server, towards a peer that is a client. Each line has a server of its own. */
export class ServerBench implements Bench {
  readonly peer: Peer;
  readonly compression: boolean;
  readonly #runs: PeerRuns;
  #count = 0;
  readonly #servers: Server[] = [];
  readonly #listeners: NetServer[] = [];
  readonly #sockets: Socket[] = [];
  readonly #taps: Tap[] = [];

  constructor(peer: Peer, compression: boolean) {
    this.peer = peer;
    this.compression = compression;
    this.#runs = new PeerRuns(peer, compression);
  }

  async open(options: LineOptions = {}): Promise<Line> {
    const { port, end } = await this.#serve(options);
    return this.#lineOf(port, end, options);
  }

  async openTapped(): Promise<Line & { tap: Tap }> {
    const { port, end } = await this.#serve();
    const tap = await startTap(port);
    this.#taps.push(tap);
    return { ...(await this.#lineOf(tap.port, end, {})), tap };
  }

  async openBare(): Promise<BareLine> {
    const listener = createServer({ noDelay: true });
    this.#listeners.push(listener);
    const accepted = once(listener, 'connection') as Promise<[Socket]>;
    const told = await this.#dial(await listenOnFreePort(listener), []);
    const [socket] = await accepted;
    this.#sockets.push(socket);
    const request = await readHead(socket);
    socket.write(acceptance(request, ''), 'latin1');
    return { ours: new BareEnd('server', socket, request.rest), told };
  }

  async refuse(status: number): Promise<Refusal> {
    let error: string | undefined;
    const onRefused = ({ code }: HoldfastError) => {
      error = code;
    };
    const { port } = await this.#serve({}, { authorize: () => ({ status }), onRefused });
    const told = await this.#dial(port, []);
    const refused = await told('refused');
    return { error, status: refused.status };
  }

  kill(): Promise<void> {
    return this.#runs.kill();
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    for (const listener of this.#listeners) listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#taps.map((tap) => tap.close()));
    await this.#runs.stop();
  }

  async #lineOf(port: number, end: Promise<OurEnd>, { protocols = [] }: LineOptions): Promise<Line> {
    const told = await this.#dial(port, protocols);
    const ours = await end;
    return { ours, told, order: (command) => ours.send(`!${command}`) };
  }

  /** Lets the peer dial this port. */
  async #dial(port: number, protocols: readonly string[]): Promise<Told> {
    const peer = await this.#runs.start();
    const path = `/line-${++this.#count}`;
    peer.dial(`${loopbackUrl('ws', port)}${path}`, protocols);
    return (what) => peer.notes.take(path, what);
  }

  async #serve(options: LineOptions = {}, more: Partial<CommonServeOptions<undefined>> = {}) {
    const serveOptions = {
      port: 0,
      host: '127.0.0.1',
      origin: '*',
      protocols: 'chat.v2',
      compression: options.compression ?? this.compression,
      limits: limitsOf(options),
      ...more,
    } as const;
    let connected: (end: OurEnd) => void;
    const end = new Promise<OurEnd>((resolve) => {
      connected = resolve;
    });
    const server = await serve(serveOptions, (connection) => connected(new OurEnd(connection)));
    this.#servers.push(server);
    return { port: server.port, end };
  }
}
