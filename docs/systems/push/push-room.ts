import { randomInt } from 'node:crypto';
import type { Peer } from '../../demo-server/peer.ts';
import type { Room } from '../../demo-server/room.ts';

/** A number of the push: from 0 to 99. */
const pushEnd = 100;

/**
 * `/random`: a random number every `intervalMs`, without being asked. What one sends comes back behind `echo: `, and `close`
 * makes the server close.
 */
export function createRandomRoom(intervalMs: number): Room {
  return { maxMessageBytes: 2 ** 14, maxUnreadBytes: 2 ** 20, join: (peer) => push(peer, intervalMs) };
}

function push(peer: Peer, intervalMs: number): void {
  const send = () => peer.send(String(randomInt(pushEnd)));
  send();
  const timer = setInterval(send, intervalMs);
  peer.on('closed', () => clearInterval(timer));
  peer.on('message', ({ data }) => {
    if (data === 'close') peer.close(1000, 'as you asked');
    else peer.send(typeof data === 'string' ? `echo: ${data}` : data);
  });
}
