import { type Client, connect } from '@holdfast/web';
import type { LineRequest } from '../../demo-server/lines/line-faults.ts';
import type { DialRefusal, LineFaults } from './line-faults.ts';
import type { WireChunk } from './wire-chunk.ts';

/** Where the demo server is: its rooms, and the same rooms by a line that can be watched and broken. */
export interface DemoServer {
  /** As `ws://localhost:8787`. */
  readonly url: string;
  readonly lineUrl: string;
  /** Of all processes that share the chat, this one the first. */
  readonly urls: readonly string[];
  /** Whether a client may ask for delivery. */
  readonly delivers: boolean;
}

/** The way to the demo server by which the frames can be seen: it tells of every byte, and breaks when it is asked to. */
export class DemoLine {
  readonly faults: LineFaults;
  readonly #server: DemoServer;
  /** A mark that no other page will choose. */
  readonly #mark = crypto.getRandomValues(new Uint32Array(2)).join('-');
  readonly #watcher: Client;
  readonly #onWire: (chunk: WireChunk) => void;

  constructor(server: DemoServer, onWire: (chunk: WireChunk) => void) {
    this.#server = server;
    this.#onWire = onWire;
    this.#watcher = connect(`${server.url}/lines?line=${this.#mark}`, {
      reconnect: { minDelayMs: 200, maxDelayMs: 2000 },
    });
    this.#watcher.on('message', ({ data }) => typeof data !== 'string' && this.#tell(data));
    const faults = new DemoFaults((request) => this.#watcher.send(JSON.stringify(request)));
    this.#watcher.on('disconnected', () => faults.forget());
    this.faults = faults;
  }

  /** What to dial to come to this path of the demo server by this line. */
  urlOf(path: string): string {
    return `${this.#server.lineUrl}${path}?line=${this.#mark}`;
  }

  dispose(): void {
    this.#watcher.close().catch(() => undefined);
  }

  #tell(message: Uint8Array): void {
    const flags = message[0] ?? 0;
    this.#onWire({
      line: new DataView(message.buffer, message.byteOffset).getUint32(1),
      from: flags & 1 ? 'server' : 'client',
      kind: flags & 2 ? 'frames' : 'handshake',
      bytes: message.subarray(5),
      atMs: performance.now(),
    });
  }
}

/** The faults of the line, each change of which is asked for. */
class DemoFaults implements LineFaults {
  /** Only the page believes it: the line has no part in it. */
  isOffline = false;
  #delayMs = 0;
  #isSilent = false;
  #refusal: DialRefusal | undefined;
  readonly #ask: (request: LineRequest) => void;

  constructor(ask: (request: LineRequest) => void) {
    this.#ask = ask;
  }

  get delayMs(): number {
    return this.#delayMs;
  }

  set delayMs(delayMs: number) {
    this.#delayMs = delayMs;
    this.#tell();
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  set isSilent(isSilent: boolean) {
    this.#isSilent = isSilent;
    this.#tell();
  }

  get refusal(): DialRefusal | undefined {
    return this.#refusal;
  }

  set refusal(refusal: DialRefusal | undefined) {
    this.#refusal = refusal;
    this.#tell();
  }

  cut(): void {
    this.#ask({ type: 'cut' });
  }

  /** The server forgets them when nobody watches. */
  forget(): void {
    if (this.#delayMs > 0 || this.#isSilent || this.#refusal) this.#tell();
  }

  #tell(): void {
    const { delayMs, isSilent, refusal } = this;
    this.#ask({ type: 'faults', faults: { delayMs, isSilent, refusal } });
  }
}
