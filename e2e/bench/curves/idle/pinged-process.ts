// A server that does nothing but answer the pings of its clients: bare sockets, in a process of its own.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { acceptance, readHead } from '../../../conformance/tcp/handshake.ts';
import { answerOrders } from '../../orders.ts';
import { PingCount } from './ping-count.ts';

/** Tells when so many pings more have been answered. */
export interface PingedOrder {
  readonly pings: number;
}

const count = new PingCount();
const server = createServer({ noDelay: true }, (socket) => void admit(socket));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
await once(server, 'listening');
answerOrders({ port: (server.address() as AddressInfo).port }, ({ pings }: PingedOrder) => count.more(pings));

async function admit(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  const request = await readHead(socket);
  socket.write(acceptance(request, ''));
  socket.on('data', (chunk) => answer(socket, chunk)).resume();
}

/** Nothing but pings comes, each whole: a byte 0x89, the length of the payload with the mask bit, the key, and the payload. */
function answer(socket: Socket, chunk: Buffer): void {
  let pings = 0;
  for (let at = 0; chunk[at] === 0x89; pings++) {
    const length = chunk[at + 1]! & 0x7f;
    const pong = Buffer.alloc(2 + length);
    pong[0] = 0x8a;
    pong[1] = length;
    for (let index = 0; index < length; index++) {
      pong[2 + index] = chunk[at + 6 + index]! ^ chunk[at + 2 + (index & 3)]!;
    }
    socket.write(pong);
    at += 6 + length;
  }
  count.answered(pings);
}
