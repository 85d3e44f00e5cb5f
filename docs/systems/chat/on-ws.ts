import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Line, seatMember } from './member.ts';
import { nameOf } from './protocol.ts';
import type { Room } from './room.ts';

/** With more unread, in bytes, a member is sent no more for now. */
const highWaterMark = 1024 * 1024;

/** Serves the room on ws: the same for each line, and what is under way when a line breaks is lost. */
export async function serveOnWs(
  place: { port: number; host: string },
  room: Room,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = new WebSocketServer({ ...place, maxPayload: 16 * 1024 });
  server.on('connection', (socket, { url = '/' }) => {
    // What the peer did wrong ends its connection; it must not end the server.
    socket.on('error', () => {});
    // Nothing is read before somebody listens.
    socket.pause();
    seatMember(lineOf(socket), nameOf(url), room).catch(() => socket.close(1011, 'the room is away'));
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of server.clients) socket.close(1001);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function lineOf(socket: WebSocket): Line {
  let heard = 0;
  return {
    session: randomUUID(),
    sent: 0,
    onMessage(listener) {
      socket.on('message', (data: Buffer, isBinary) => listener(isBinary ? data : data.toString(), ++heard));
      socket.resume();
    },
    onClosed: (listener) => void socket.on('close', () => listener(true)),
    send: (text) => socket.send(text, () => {}),
    async drained() {
      while (socket.bufferedAmount > highWaterMark) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    close: (code, reason) => socket.close(code, reason),
  };
}
