// The other end of every line, which only makes or counts bytes: a process of its own.
import { createServer, type Socket } from 'node:net';
import { acceptance, readHead } from '../../conformance/tcp/handshake.ts';
import { answerOrders } from '../orders.ts';
import { type Handler, handlerOf } from './handlers.ts';
import type { Loop } from './loop.ts';
import { loopOf } from './loop.ts';
import type { Workload } from './workload.ts';

/** How many messages the next round has; until somebody says, what the workload says. */
let roundCount: number | undefined;
const loops = new Map<string, Promise<Loop>>();

const server = createServer({ noDelay: true }, (socket) => void serve(socket));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  const { port } = server.address() as { port: number };
  answerOrders({ port }, (order: { readonly count: number }) => {
    roundCount = order.count;
    return {};
  });
});

async function serve(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  const request = await readHead(socket).catch(() => undefined);
  if (!request) return;
  const text = new URL(request.line.split(' ')[1]!, 'http://x').searchParams.get('workload')!;
  const workload = JSON.parse(text) as Workload;
  // Made once, before anybody is let in.
  if (!loops.has(text)) loops.set(text, loopOf(workload));
  const handle: Handler = handlerOf(workload, socket, await loops.get(text)!, () => roundCount ?? workload.count ?? 1);
  socket.write(acceptance(request, workload.isFeed ? 'permessage-deflate' : ''));
  socket.on('data', handle);
  socket.resume();
}
