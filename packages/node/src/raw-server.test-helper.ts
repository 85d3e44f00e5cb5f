import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { encodeFrame, type Frame, FrameDecoder, type FrameInit } from '@holdfast/core';
import { afterEach } from 'vitest';
import type { TestCertificate } from './certificates.test-helper.ts';
import { acceptKey } from './handshake/accept-key.ts';

/** What a server does with each connection. */
type Script = (connection: RawConnection) => unknown;

/** A server that is written by hand: it does what its script says, and knows nothing of WebSocket. */
export class RawServer {
  readonly connections: RawConnection[] = [];
  readonly #server: Server;
  /** Those below TLS, also where its handshake fails. */
  readonly #sockets = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on the loopback, and is gone after the test. */
  static async start(script: Script, certificate?: TestCertificate): Promise<RawServer> {
    const onSocket = (socket: Socket) => {
      const connection = new RawConnection(socket);
      server.connections.push(connection);
      for (const resolve of server.#waiting.splice(0)) resolve();
      void script(connection);
    };
    const options = { allowHalfOpen: true, ...certificate };
    const net = certificate ? createTlsServer(options, onSocket) : createServer(options, onSocket);
    const server = new RawServer(net);
    net.on('connection', (socket) => server.#sockets.add(socket));
    // A client that does not trust us breaks the TLS handshake off, as it should.
    net.on('tlsClientError', () => {});
    net.listen(0, '127.0.0.1');
    await once(net, 'listening');
    running.push(server);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/`;
  }

  /** The connection made last. */
  get latest(): RawConnection {
    return this.connections.at(-1) as RawConnection;
  }

  /** The first connection, once it is there. */
  async connected(): Promise<RawConnection> {
    if (this.connections.length === 0) {
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    }
    return this.latest;
  }

  /** Listens no more, and drops all connections. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }
}

const running: RawServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

/** One connection of a RawServer, from its side. */
export class RawConnection {
  readonly socket: Socket;
  /** All that the client sent. */
  received: Buffer = Buffer.alloc(0);
  /** The client ended TCP in order, or else by a reset. */
  hasEnded = false;
  hasClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('close', () => {
      this.hasClosed = true;
    });
    // Resets are part of what is tested.
    socket.on('error', () => {});
  }

  /** Waits until this is so; it is looked at whenever something happens on the socket. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        const events = ['data', 'end', 'close'];
        const listener = () => {
          for (const event of events) this.socket.off(event, listener);
          resolve();
        };
        for (const event of events) this.socket.on(event, listener);
      });
    }
  }

  /** The head of the client's request, once it is there. */
  async request(): Promise<string> {
    await this.until(() => this.received.includes('\r\n\r\n'));
    return this.received.toString('latin1', 0, this.received.indexOf('\r\n\r\n') + 4);
  }

  /** The response that accepts the client's request; `lines` are further headers. */
  async acceptance(...lines: string[]): Promise<string> {
    const key = headerOf(await this.request(), 'sec-websocket-key');
    return head('HTTP/1.1 101 Switching Protocols', ...switching(key), ...lines);
  }

  /** Shakes hands, and sends frames right behind the response. */
  async accept(...frames: FrameInit[]): Promise<void> {
    this.send(await this.acceptance(), ...frames);
  }

  /** Writes text of Latin-1, bytes, or frames, in one piece. */
  send(...parts: (string | Uint8Array | FrameInit)[]): void {
    this.socket.write(Buffer.concat(parts.map(toBytes)));
  }

  /** The client's frames so far. */
  get frames(): Frame[] {
    const start = this.received.indexOf('\r\n\r\n') + 4;
    return new FrameDecoder({ role: 'server' }).push(this.received.subarray(start));
  }

  /** The client's frames, once there are so many. */
  async framesUntil(count: number): Promise<Frame[]> {
    await this.until(() => this.frames.length >= count);
    return this.frames;
  }
}

/** The headers that accept a key. */
export function switching(key: string): string[] {
  return ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptKey(key)}`];
}

/** Lines as an HTTP head. */
export function head(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The value of a header in a head. */
export function headerOf(text: string, name: string): string {
  const line = text.split('\r\n').find((other) => other.toLowerCase().startsWith(`${name}:`)) ?? '';
  return line.slice(name.length + 1).trim();
}

function toBytes(part: string | Uint8Array | FrameInit): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part, 'latin1');
  return part instanceof Uint8Array ? part : encodeFrame(part);
}
