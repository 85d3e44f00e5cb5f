import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** `/echo`: every message comes back as it came, text as text and binary as binary. */
export function createEcho(): Room {
  return { maxMessageBytes: 2 ** 24, maxUnreadBytes: 2 ** 26, join: echo };
}

/** Sends back to `peer` all that comes from it, no faster than it reads. */
export async function echo(peer: Peer): Promise<void> {
  for await (const message of peer) {
    peer.send(message);
    await peer.drained();
  }
}
