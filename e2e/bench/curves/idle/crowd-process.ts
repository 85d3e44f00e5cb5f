// Clients of a server that do nothing but answer its pings: bare sockets, in a process of their own.
import { connect, type Socket } from 'node:net';
import { readHead } from '../../../conformance/tcp/handshake.ts';
import { openMany } from '../../flow/open-many.ts';
import { requestHead } from '../../flow/request-head.ts';
import { answerOrders } from '../../orders.ts';
import { PingCount } from './ping-count.ts';

/** Opens so many connections, or tells when so many pings more have been answered. */
export type CrowdOrder = { readonly port: number; readonly count: number } | { readonly pings: number };

const pings = new PingCount();

answerOrders({}, (order: CrowdOrder) => ('port' in order ? open(order.port, order.count) : pings.more(order.pings)));

async function open(port: number, count: number): Promise<object> {
  await openMany(count, () => dial(port));
  return {};
}

async function dial(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.write(requestHead('/'));
  const { rest } = await readHead(socket);
  answer(socket, rest);
  socket.on('data', (chunk) => answer(socket, chunk)).resume();
}

/** Nothing but pings comes, each whole: a byte 0x89, the length of the payload, and the payload. */
function answer(socket: Socket, chunk: Buffer): void {
  for (let at = 0; at < chunk.length; at += 2 + chunk[at + 1]!) {
    if (chunk[at] !== 0x89) return;
    const length = chunk[at + 1]!;
    // Masked by zeros.
    const head = Buffer.of(0x8a, 0x80 | length, 0, 0, 0, 0);
    socket.write(Buffer.concat([head, chunk.subarray(at + 2, at + 2 + length)]));
    pings.answered(1);
  }
}
