import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { FrameInit } from '@holdfast/core';
import { afterEach } from 'vitest';
import type { TestCertificate } from './certificates.test-helper.ts';
import { acceptKey } from './handshake/accept-key.ts';
import { RawPeer } from './raw-peer.test-helper.ts';

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
export class RawConnection extends RawPeer {
  constructor(socket: Socket) {
    super(socket, 'server');
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
