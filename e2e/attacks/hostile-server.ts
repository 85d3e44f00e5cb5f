import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { acceptance, Line } from './line.ts';
import { first, rawFrame } from './raw-frame.ts';

/** A server that attacks its clients: it does what its script says with each connection. */
export interface HostileServer {
  readonly port: number;
  /** The connections so far; with TLS, those on which it was agreed. */
  readonly lines: readonly Line[];
}

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Listens on the loopback until the test is over. */
export async function startHostileServer(
  script: (line: Line) => unknown,
  certificate?: Certificate,
): Promise<HostileServer> {
  const lines: Line[] = [];
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket) => {
    const line = new Line(socket, 'client');
    lines.push(line);
    // What a script waits for in vain, the test does too.
    Promise.resolve(script(line)).catch(() => line.socket.destroy());
  };
  const options = { allowHalfOpen: true, ...certificate };
  const server = certificate ? createTlsServer(options, onSocket) : createServer(options, onSocket);
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  // A client that does not trust us breaks the TLS handshake off, as it should.
  server.on('tlsClientError', () => {});
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, lines };
}

/** Shakes hands as a server should, with further lines. */
export async function acceptOn(line: Line, lines: readonly string[] = []): Promise<void> {
  line.send(acceptance(await line.head(), ['Connection: Upgrade', ...lines]));
}

/** Shakes hands with these lines, and closes at once as a server should. */
export async function acceptAndClose(line: Line, lines?: readonly string[]): Promise<void> {
  line.send(acceptance(await line.head(), lines), rawFrame({ first: first.close }, false));
  await line.until(() => line.hasEnded || line.frames.length > 0, 'the close frame of the client');
  line.socket.end();
}
