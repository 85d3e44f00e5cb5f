import { type Client, type ClientState, connect } from '@holdfast/web';
import { reactive } from 'vue';
import type { Point } from '../parts/points.ts';

/** The time that the chart shows, in ms. */
export const shownMs = 60_000;

const maxWords = 100;

/** What the page shows. */
export interface PushView {
  state: ClientState['name'];
  numbers: Point[];
  /** What was said and what came of it, the newest last. */
  words: { readonly number: number; readonly text: string }[];
}

/** The life of the page: one client, the numbers it is sent, and what else it tells. */
export class PushPage {
  readonly view: PushView = reactive({ state: 'connecting', numbers: [], words: [] });
  readonly #server: string;
  #client: Client;
  #count = 0;

  constructor(server: string) {
    this.#server = server;
    this.#client = this.#connect();
  }

  /** Sends, and notes how. */
  send(text: string): void {
    this.#say(`${this.#client.send(text)}: ${text}`);
  }

  /** The closing handshake, begun by this end. */
  close(): void {
    this.#client.close(1000, 'the reader is done').catch(() => undefined);
    this.#follow();
  }

  /** A client that is closed stays so: another one begins. */
  open(): void {
    this.#client = this.#connect();
  }

  dispose(): void {
    this.#client.close().catch(() => undefined);
  }

  // #region connect
  #connect(): Client {
    const client = connect(`${this.#server}/random`, { reconnect: { minDelayMs: 400, maxDelayMs: 4000 } });
    client.on('message', ({ data }) => this.#hear(data));
    client.on('open', ({ attempt }) => this.#say(`open, attempt ${attempt}`));
    client.on('disconnected', ({ code, reason }) => this.#say(`disconnected, ${code} ${reason}`.trimEnd()));
    client.on('closed', ({ code, reason }) => this.#say(`closed, ${code} ${reason}`.trimEnd()));
    for (const type of ['connecting', 'open', 'disconnected', 'waiting', 'closed'] as const) {
      client.on(type, () => this.#follow());
    }
    return client;
  }

  #follow(): void {
    this.view.state = this.#client.state.name;
  }

  #hear(data: string | Uint8Array): void {
    if (typeof data !== 'string' || !/^\d+$/.test(data)) {
      return this.#say(typeof data === 'string' ? data : `${data.length} bytes`);
    }
    const atMs = performance.now();
    this.view.numbers.push({ atMs, value: Number(data) });
    this.view.numbers = this.view.numbers.filter((point) => atMs - point.atMs < shownMs);
  }
  // #endregion connect

  #say(text: string): void {
    this.view.words.push({ number: ++this.#count, text });
    if (this.view.words.length > maxWords) this.view.words.shift();
  }
}
