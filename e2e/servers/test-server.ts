import { once } from 'node:events';
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { accept } from '@holdfast/node/server';
import { isRpcMessage } from 'holdfast/rpc';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Milestone, ReceivedConnection, Refusal, Sent, ServerOptions, Silence } from './control-protocol.ts';
import { closeListener, listen, listenOnFreePort, loopbackUrl } from './listen.ts';
import { Notes } from './notes.ts';
import { createCallService } from './serve-calls.ts';
import { type StallProxy, startStallProxy } from './stall-proxy.ts';

type Note = ReturnType<Notes['handshake']>;

/** A real `ws` server on the loopback that a scenario starts, ends, starts again, and asks what it saw. */
export class TestServer {
  readonly #options: ServerOptions;
  readonly #notes = new Notes();
  readonly #sockets = new Set<Duplex>();
  readonly #websockets: WebSocketServer;
  readonly #serveCalls = createCallService();
  #listener = createServer();
  #port = 0;
  #proxy: StallProxy | undefined;

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.#websockets = new WebSocketServer({ noServer: true, handleProtocols: () => options.protocol ?? false });
  }

  /** A server that listens. */
  static async start(options: ServerOptions): Promise<TestServer> {
    const server = new TestServer(options);
    server.#port = await listenOnFreePort(server.#newListener());
    if (options.stallable) server.#proxy = await startStallProxy(server.#port, () => server.#notes.changed());
    return server;
  }

  /** Where clients dial: the proxy if there is one. */
  get url(): string {
    return loopbackUrl('ws', this.#proxy?.port ?? this.#port);
  }

  /** Closes each client with 1001, waits for them, and listens no more. */
  async stop(reason: string): Promise<void> {
    const closed = closeListener(this.#listener);
    await this.closeClients(1001, reason);
    await closed;
  }

  /** Destroys every socket and the listener. */
  kill(): void {
    this.#proxy?.kill();
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Listens again on the same port. */
  async startAgain(): Promise<void> {
    await listen(this.#newListener(), this.#port);
    await this.#proxy?.startAgain();
  }

  /** Closes each client with this code and reason, or with an empty close frame, and waits for their handshakes. */
  async closeClients(code?: number, reason?: string): Promise<void> {
    await this.#withEachClient(async (client) => {
      const closed = once(client, 'close');
      client.close(code, reason);
      await closed;
    });
  }

  /** Pings each client and waits for the pong of each. */
  async ping(): Promise<void> {
    await this.#withEachClient(async (client) => {
      const answered = once(client, 'pong');
      client.ping();
      await answered;
    });
  }

  /** Sends each message to each client. */
  send(messages: readonly Sent[]): void {
    for (const client of this.#websockets.clients) {
      for (const message of messages)
        client.send(typeof message === 'string' ? message : Buffer.from(message.hex, 'hex'));
    }
  }

  /** Lets the open lines fall silent. */
  stall(): void {
    if (!this.#proxy) throw new Error('only a server that was started `stallable` can stall');
    this.#proxy.stall();
  }

  /** Waits for the milestone, then answers what each client did. */
  async report(until: Milestone): Promise<readonly ReceivedConnection[]> {
    await this.#notes.until(() => this.#notes.has(until));
    return this.#notes.connections;
  }

  /** Waits until no client holds a socket open, for at most so long and besides silent ones; answers how many do. */
  async idle(besides: readonly Silence[], limitMs: number): Promise<number> {
    if (this.#options.mute && besides.includes('mute')) return 0;
    const count = () => this.#proxy?.countOpen(!besides.includes('stalled')) ?? this.#sockets.size;
    await this.#notes.until(() => count() === 0, limitMs);
    return count();
  }

  async #withEachClient(act: (client: WebSocket) => Promise<void>): Promise<void> {
    await Promise.all([...this.#websockets.clients].map(act));
  }

  #newListener() {
    this.#listener = createServer();
    this.#listener.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        this.#notes.changed();
      });
    });
    this.#listener.on('request', (request, response) => {
      const { status = 404, headers = {}, isReadable = false } = this.#options.http ?? {};
      response.writeHead(status, { ...headers, ...(isReadable && corsFor(request)), Connection: 'close' }).end();
    });
    this.#listener.on('upgrade', (request, socket, head) => this.#answer(request, socket, head));
    return this.#listener;
  }

  #answer(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    const { mute, refuse } = this.#options;
    const note = this.#notes.handshake(request);
    if (mute) return readToEnd(socket);
    if (refuse) return refuseHandshake(socket, refuse);
    if (this.#options.mode === 'calls') return this.#acceptForCalls(request, socket, head, note);
    // One packet: what comes behind the handshake is in the client's first read.
    socket.cork();
    this.#websockets.handleUpgrade(request, socket, head, (client) => this.#serve(client, note));
    socket.uncork();
  }

  #acceptForCalls(request: IncomingMessage, socket: Duplex, head: Buffer, note: Note): void {
    const connection = accept(request, socket, head, { origin: '*' });
    if (!connection) return;
    connection.on('closed', ({ code, reason }) => note.close(code, reason));
    connection.on('message', ({ data }) => {
      note.message(Buffer.from(data), typeof data !== 'string');
      if (!isRpcMessage(data)) connection.send(data);
    });
    this.#serveCalls(connection);
  }

  #serve(client: WebSocket, note: Note): void {
    const { mode = 'echo', probe, greeting = [] } = this.#options;
    client.on('error', () => {});
    client.on('ping', () => note.ping());
    client.on('close', (code, reason) => note.close(code, reason.toString()));
    client.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      if (probe && !isBinary && bytes.toString() === probe.message) return client.send(probe.reply);
      note.message(bytes, isBinary);
      if (mode === 'echo') client.send(bytes, { binary: isBinary });
    });
    for (const text of greeting) client.send(text);
  }
}

/** Lets the page that asks read the answer, with its cookies. */
function corsFor({ headers: { origin = '*' } }: IncomingMessage): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Retry-After',
  };
}

/** What nobody reads does not tell its end either. */
function readToEnd(socket: Duplex): void {
  socket.resume().once('end', () => socket.destroy());
}

function refuseHandshake(socket: Duplex, { status, headers = {}, body = '' }: Refusal): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
