import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

let line: Promise<Socket> | undefined;

/**
 * Two round trips on a line of its own: what was written to other sockets of the loopback before has arrived by then, and
 * so has what was written at once in answer to it. Without this, "nothing came" would need a sleep.
 */
export async function fence(): Promise<void> {
  const socket = await (line ??= openLine());
  for (let count = 0; count < 2; count++) {
    const answered = once(socket, 'data');
    socket.write('.');
    await answered;
  }
}

async function openLine(): Promise<Socket> {
  const server = createServer((socket) => void socket.pipe(socket.unref())).unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  return socket.unref();
}
