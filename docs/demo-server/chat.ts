import { ChatRoom } from './chat-room.ts';
import type { Room } from './room.ts';

/** `/chat`: everybody hears what one says, who joins and who leaves. */
export function createChat(maxMembers: number): Room {
  const room = new ChatRoom(maxMembers);
  return {
    maxMessageBytes: 2 ** 14,
    maxUnreadBytes: 2 ** 20,
    join(peer) {
      const member = room.join({
        tell: (reply) => peer.send(JSON.stringify(reply)),
        close: (code, reason) => peer.close(code, reason),
      });
      peer.on('message', ({ data }) => member?.hear(typeof data === 'string' ? data : undefined));
      peer.on('closed', () => member?.leave());
    },
  };
}
