import { connect as connectTcp } from 'node:net';
import type { HoldfastErrorCode, Message } from '@holdfast/node';
import { type Connection, serve, type CommonServeOptions, type Server } from '@holdfast/node/server';
import { onTestFinished } from 'vitest';
import { headOf, Line } from './line.ts';
import { within } from './limit.ts';

/** A server of ours that is attacked. */
export interface VictimServer {
  readonly port: number;
  readonly server: Server;
  /** A TCP connection to it that says nothing. */
  knock(): Line;
  /** A connection whose handshake, with further lines, is done. */
  dial(...lines: string[]): Promise<Line>;
  /** How its first connection ended. */
  ended(): Promise<{ readonly messages: readonly Message[]; readonly error: HoldfastErrorCode | undefined }>;
}

/** Serves on the loopback until the test is over. */
export async function startVictimServer(
  options: CommonServeOptions = {},
  onConnection: (connection: Connection) => void = () => {},
): Promise<VictimServer> {
  const messages: Message[] = [];
  let tellEnd: (error: HoldfastErrorCode | undefined) => void = () => {};
  const end = new Promise<HoldfastErrorCode | undefined>((resolve) => {
    tellEnd = resolve;
  });
  const server = await serve({ port: 0, host: '127.0.0.1', heartbeat: false, ...options }, (connection) => {
    connection.on('message', ({ data }) => messages.push(data));
    connection.on('closed', ({ error }) => tellEnd(error?.code));
    onConnection(connection);
  });
  onTestFinished(() => {
    for (const connection of server.connections) connection.terminate();
    void server.close();
  });
  const knock = () => {
    const line = new Line(connectTcp(server.port, '127.0.0.1'), 'server');
    onTestFinished(() => void line.socket.destroy());
    return line;
  };
  return {
    port: server.port,
    server,
    knock,
    async dial(...lines) {
      const line = knock();
      line.send(requestHead(...lines));
      await line.head();
      return line;
    },
    async ended() {
      const error = await within(end, 'the end of the connection');
      return { messages, error };
    },
  };
}

/** A request that a server accepts, with further lines. */
export function requestHead(...lines: string[]): string {
  return headOf(
    'GET / HTTP/1.1',
    'Host: 127.0.0.1',
    ...lines,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  );
}

/** The status of a response's head. */
export function statusOf(head: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
}
