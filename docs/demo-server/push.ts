import type { WebSocket } from 'ws';
import { echo } from './echo.ts';
import type { Room } from './room.ts';

/** `/push`: 1 at once, then the next number every `intervalMs`; what one sends comes back in between. */
export function createPush(intervalMs: number): Room {
  return {
    maxPayloadBytes: 16 * 1024,
    join(socket: WebSocket): void {
      let number = 1;
      socket.send(String(number));
      const timer = setInterval(() => socket.send(String(++number)), intervalMs);
      socket.on('close', () => clearInterval(timer));
      echo(socket);
    },
  };
}
