import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { RawPeer } from './raw-peer.test-helper.ts';
import { head } from './raw-server.test-helper.ts';

const running: RawClient[] = [];
afterEach(dropRawClients);

/** Drops all clients of the test, so that a server that closes has none left to wait for. */
export function dropRawClients(): void {
  for (const client of running.splice(0)) client.socket.destroy();
}

/** The headers of a handshake with the key of RFC 6455 1.3. */
export const handshakeHeaders: readonly string[] = [
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
];

/** A client that is written by hand. Its end of TCP stays open until the test ends it. */
export class RawClient extends RawPeer {
  private constructor(socket: Socket) {
    super(socket, 'client');
    running.push(this);
  }

  /** Connects by TCP. */
  static async connect(port: number): Promise<RawClient> {
    const client = new RawClient(connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
    await once(client.socket, 'connect');
    return client;
  }

  /** Connects, and shakes hands; `lines` are further headers. */
  static async open(port: number, ...lines: string[]): Promise<RawClient> {
    const client = await RawClient.connect(port);
    client.request('/', ...lines);
    await client.response();
    return client;
  }

  /** Asks for a WebSocket. */
  request(target: string, ...lines: string[]): void {
    this.send(head(`GET ${target} HTTP/1.1`, ...handshakeHeaders, ...lines));
  }

  /** The head of the response, once it is there. */
  async response(): Promise<string> {
    await this.until(() => this.received.includes('\r\n\r\n'));
    return this.received.toString('latin1', 0, this.received.indexOf('\r\n\r\n'));
  }

  /** Waits until the server has ended TCP, and ends it too. */
  async ended(): Promise<void> {
    await this.until(() => this.hasEnded);
    this.socket.end();
    await this.until(() => this.hasClosed);
  }
}
