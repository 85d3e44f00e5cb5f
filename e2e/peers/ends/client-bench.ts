import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Client, connect } from '@holdfast/node';
import { shakeHands } from '../../conformance/tcp/handshake.ts';
import type { Peer } from '../peer.ts';
import { BareEnd } from './bare-end.ts';
import { type BareLine, type Bench, type Line, type LineOptions, limitsOf, type Refusal, type Told } from './bench.ts';
import { OurEnd } from './our-end.ts';
import { PeerRuns } from './peer-runs.ts';
import { startTap, type Tap } from './tap.ts';

const patienceMs = 20_000;

/** Our client, towards a peer that is a server. */
export class ClientBench implements Bench {
  readonly peer: Peer;
  readonly compression: boolean;
  readonly #runs: PeerRuns;
  #count = 0;
  readonly #clients: Client[] = [];
  readonly #sockets: Socket[] = [];
  readonly #taps: Tap[] = [];

  constructor(peer: Peer, compression: boolean) {
    this.peer = peer;
    this.compression = compression;
    this.#runs = new PeerRuns(peer, compression);
  }

  async open(options: LineOptions = {}): Promise<Line> {
    return this.#openAt((await this.#runs.start()).url, options);
  }

  async openTapped(): Promise<Line & { tap: Tap }> {
    const url = new URL((await this.#runs.start()).url);
    const tap = await startTap(Number(url.port));
    this.#taps.push(tap);
    url.port = String(tap.port);
    return { ...(await this.#openAt(url.origin, {})), tap };
  }

  async openBare(): Promise<BareLine> {
    const { url, notes } = await this.#runs.start();
    const { ca } = this.peer;
    const target = { host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true };
    const socket = ca ? connectTls({ ...target, ca }) : connectTcp(target);
    this.#sockets.push(socket);
    await once(socket, ca ? 'secureConnect' : 'connect');
    const path = this.#newPath();
    const { rest } = await shakeHands(socket, path, '');
    return { ours: new BareEnd('client', socket, rest), told: (what) => notes.take(path, what) };
  }

  async refuse(status: number): Promise<Refusal> {
    const { url } = await this.#runs.start();
    const { error } = await this.#connect(`${url}/refuse/${status}`).once('closed');
    return { error: error?.code, status: error?.status };
  }

  kill(): Promise<void> {
    return this.#runs.kill();
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#taps.map((tap) => tap.close()));
    await this.#runs.stop();
  }

  async #openAt(origin: string, options: LineOptions): Promise<Line> {
    const { notes } = await this.#runs.start();
    const path = this.#newPath();
    const client = this.#connect(`${origin}${path}`, options);
    const ours = new OurEnd(client);
    await client.once('open');
    const told: Told = (what) => notes.take(path, what);
    return { ours, told, order: (command) => ours.send(`!${command}`) };
  }

  #connect(url: string, { protocols = [], ...options }: LineOptions = {}): Client {
    const { ca } = this.peer;
    const client = connect(url, {
      protocols,
      compression: options.compression ?? this.compression,
      reconnect: false,
      // A busy machine is no dead line, and a thread that compressed for seconds has not slept.
      heartbeat: { timeoutMs: patienceMs, wakeTimeoutMs: patienceMs },
      limits: limitsOf(options),
      ...(ca !== undefined && { tls: { ca } }),
    });
    this.#clients.push(client);
    return client;
  }

  #newPath(): string {
    return `/line-${++this.#count}`;
  }
}
