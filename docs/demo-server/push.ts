import { echo } from './echo.ts';
import type { Room } from './room.ts';

/** `/push`: 1 at once, then the next number every `intervalMs`; what one sends comes back in between. */
export function createPush(intervalMs: number): Room {
  return {
    maxMessageBytes: 2 ** 14,
    maxUnreadBytes: 2 ** 20,
    join(peer) {
      let number = 1;
      peer.send(String(number));
      const timer = setInterval(() => peer.send(String(++number)), intervalMs);
      peer.on('closed', () => clearInterval(timer));
      return echo(peer);
    },
  };
}
