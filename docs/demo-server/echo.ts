import type { WebSocket } from 'ws';
import type { Room } from './room.ts';

/** Above this, the room reads no more from a member until the member has read. */
const highWaterBytes = 1024 * 1024;

/** `/echo`: every message comes back as it came, text as text and binary as binary. */
export function createEcho(): Room {
  return { maxPayloadBytes: 16 * 1024 * 1024, join: echo };
}

/** Sends back to `socket` all that comes from it, no faster than it reads. */
export function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => {
    socket.send(data, { binary: isBinary }, () => {
      if (socket.isPaused && socket.bufferedAmount < highWaterBytes) socket.resume();
    });
    if (socket.bufferedAmount >= highWaterBytes) socket.pause();
  });
}
