import { randomUUID } from 'node:crypto';
import { redisStore } from '@holdfast/node/server';
import type { Peer } from '../../demo-server/peer.ts';
import type { Room as DemoRoom } from '../../demo-server/room.ts';
import { localRoom } from './local-room.ts';
import { type Line, seatMember } from './member.ts';
import { nameOf } from './names.ts';
import type { Room } from './room.ts';

/** How long a member whose line is lost may take to come back, to this process or another, in ms. */
const resumeWithinMs = 120_000;
const beatMs = 10_000;

/** `/chat`, as a room of the demo server. */
export interface Chat extends DemoRoom {
  /** From now on a member whose line ends has not left: it goes on at another process, where there is one. */
  leaveMembers(): void;
  /** Lets go of the Redis, when that has done what it was asked to. */
  close(): Promise<void>;
}

/** The room of this process; with the URL of a Redis, the one that all processes of that Redis share. */
export async function openChat(redisUrl: string | undefined, maxMembers: number): Promise<Chat> {
  if (redisUrl === undefined) return chatOf(localRoom(), { maxMembers, delivery: { resumeWithinMs } });
  // The client of Redis takes a while to load, and most have none.
  const { openRedis, redisRoom } = await import('./redis-room.ts');
  const redis = await openRedis(redisUrl);
  const room = await redisRoom(redis, { beatMs, goneMs: resumeWithinMs + 2 * beatMs });
  const store = redisStore((args) => redis.sendCommand(args), { prefix: 'chat-delivery' });
  const chat = chatOf(room, { maxMembers, delivery: { resumeWithinMs, store } });
  return {
    ...chat,
    async close() {
      room.close();
      if (redis.isOpen) await redis.close();
    },
  };
}

function chatOf(room: Room, { maxMembers, delivery }: { maxMembers: number } & Pick<DemoRoom, 'delivery'>): Chat {
  let isGoing = false;
  let count = 0;
  return {
    maxMessageBytes: 2 ** 14,
    maxUnreadBytes: 2 ** 20,
    delivery,
    join(peer) {
      if (count >= maxMembers) return peer.close(1013, `the room is full: it holds ${maxMembers}`);
      count += 1;
      peer.on('closed', () => (count -= 1));
      // A page that is left says 1001 and does not come back; this process says it too when it goes.
      peer.on('disconnected', ({ code }) => code === 1001 && !isGoing && peer.close());
      const hasLeft = () => !(isGoing && delivery?.store && peer.delivery);
      return seatMember(lineOf(peer, hasLeft), nameOf(peer.request.url), room);
    },
    leaveMembers() {
      isGoing = true;
    },
    async close() {},
  };
}

function lineOf(peer: Peer, hasLeft: () => boolean): Line {
  let heard = 0;
  // It may end before the member has its seat.
  const closed = new Promise<boolean>((resolve) => peer.on('closed', () => resolve(hasLeft())));
  return {
    session: peer.delivery?.session ?? randomUUID(),
    sent: peer.delivery?.sent,
    onMessage: (listener) => void peer.on('message', ({ data }) => listener(data, peer.delivery?.received ?? ++heard)),
    onClosed: (listener) => void closed.then(listener),
    send: (text) => void peer.send(text),
    drained: () => peer.drained(),
    close: (code, reason) => void peer.close(code, reason),
  };
}
