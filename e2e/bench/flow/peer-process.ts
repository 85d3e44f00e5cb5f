// The other end of every line, which only makes or counts bytes: a process of its own.
import { createServer, type Socket } from 'node:net';
import { acceptance, readHead } from '../../conformance/tcp/handshake.ts';
import { clientFrameBytes, serverFrame } from './frames.ts';
import type { Workload } from './workload.ts';

/** What tells a client that all it sent has come. */
const done = Buffer.from([0x82, 0]);

const server = createServer({ noDelay: true }, (socket) => void serve(socket));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.send?.({ port });
});
process.on('disconnect', () => process.exit());

async function serve(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  const request = await readHead(socket).catch(() => undefined);
  if (!request) return;
  socket.write(acceptance(request, ''));
  const workload = JSON.parse(
    new URL(request.line.split(' ')[1]!, 'http://x').searchParams.get('workload')!,
  ) as Workload;
  let bytes = 0;
  const handle = handlers[workload.kind](workload, socket);
  socket.on('data', (chunk) => (bytes = handle(bytes + chunk.length)));
  socket.resume();
}

/** Each gets how many bytes came that it has not dealt with, and answers how many are left. */
const handlers: Record<Workload['kind'], (workload: Workload, socket: Socket) => (bytes: number) => number> = {
  send({ size, count }, socket) {
    const all = count * clientFrameBytes(size);
    return (bytes) => {
      if (bytes < all) return bytes;
      socket.write(done);
      return bytes - all;
    };
  },
  receive(workload, socket) {
    const question = clientFrameBytes(workload.size);
    const frame = serverFrame(workload);
    const each = Math.max(1, Math.min(workload.count, Math.floor((256 * 1024) / frame.length)));
    const chunk = Buffer.concat(Array.from({ length: each }, () => frame));
    const flood = (left: number) => {
      if (left <= 0) return;
      const now = Math.min(left, each);
      socket.write(now === each ? chunk : chunk.subarray(0, now * frame.length), () => flood(left - now));
    };
    return (bytes) => {
      if (bytes < question) return bytes;
      flood(workload.count);
      return bytes - question;
    };
  },
  'round-trip'(workload, socket) {
    const question = clientFrameBytes(workload.size);
    const frame = serverFrame(workload);
    return (bytes) => {
      let left = bytes;
      for (; left >= question; left -= question) socket.write(frame);
      return left;
    };
  },
};
