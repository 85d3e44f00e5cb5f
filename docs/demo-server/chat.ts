import { WebSocket } from 'ws';
import type { ChatReply } from './chat-protocol.ts';
import { ChatRoom } from './chat-room.ts';
import type { Room } from './room.ts';

/** A member that reads too slowly is let go before the room holds more than this for it. */
const maxUnreadBytes = 1024 * 1024;

/** `/chat`: everybody hears what one says, who joins and who leaves. */
export function createChat(maxMembers: number): Room {
  const room = new ChatRoom(maxMembers);
  return {
    maxPayloadBytes: 16 * 1024,
    join(socket: WebSocket): void {
      const member = room.join({
        tell: (reply) => tell(socket, reply),
        close: (code, reason) => socket.close(code, reason),
      });
      socket.on('message', (data, isBinary) => member?.hear(isBinary ? undefined : (data as Buffer).toString()));
      socket.on('close', () => member?.leave());
    },
  };
}

function tell(member: WebSocket, reply: ChatReply): void {
  if (member.readyState !== WebSocket.OPEN) return;
  if (member.bufferedAmount > maxUnreadBytes) member.terminate();
  else member.send(JSON.stringify(reply));
}
