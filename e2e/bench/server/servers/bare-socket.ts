import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { acceptance, readHead } from '../../../conformance/tcp/handshake.ts';
import { serverFrame } from '../../flow/frames.ts';
import { loopOf } from '../../flow/loop.ts';
import { echoes, messages } from '../../flow/handlers.ts';
import { serverWorkload } from '../work.ts';
import type { BenchServer, ServerWork } from './kind.ts';

/** Sockets alone: what comes is only counted, and what goes was framed beforehand. */
export async function bareSocketServer({ mode, onQuestion }: ServerWork): Promise<BenchServer> {
  const sockets = new Set<Socket>();
  const loop = await loopOf(serverWorkload);
  const admit = async (socket: Socket) => {
    socket.on('error', () => {});
    const request = await readHead(socket);
    socket.write(acceptance(request, ''));
    socket.on('data', mode === 'echo' ? echoes(socket, loop, messages(serverWorkload.size)) : onQuestion);
    socket.resume();
    sockets.add(socket);
  };
  const server = createServer({ noDelay: true }, (socket) => void admit(socket));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  await once(server, 'listening');
  const frame = serverFrame(serverWorkload);
  return {
    port: (server.address() as AddressInfo).port,
    broadcast() {
      for (const socket of sockets) socket.write(frame);
    },
  };
}
