import type { Clock } from '@holdfast/core';
import { ChatRoom } from '../../demo-server/chat-room.ts';
import type { PageConnection } from './page-connection.ts';

/** What happens to connections of one path. */
export interface PageRoom {
  /** The sub-protocols that it speaks. */
  readonly protocols?: readonly string[];
  /** A longer message ends the connection with close code 1009. */
  readonly maxMessageBytes: number;
  join(connection: PageConnection): void;
}

/** A member that reads too slowly is let go before the room holds more than this for it. */
const maxUnreadBytes = 1024 * 1024;

/** `/echo`: every message comes back as it came. */
export const echoRoom: PageRoom = {
  maxMessageBytes: 16 * 1024 * 1024,
  join(connection) {
    connection.handle({ onMessage: (data) => connection.send(data), onEnd() {} });
  },
};

/** `/push`: 1 at once, then the next number every `intervalMs`; what one sends comes back in between. */
export function createPushRoom(clock: Clock, intervalMs: number): PageRoom {
  return {
    maxMessageBytes: 16 * 1024,
    join(connection) {
      let number = 0;
      let cancel: () => void;
      const push = () => {
        connection.send(String(++number));
        cancel = clock.after(intervalMs, push);
      };
      push();
      connection.handle({ onMessage: (data) => connection.send(data), onEnd: () => cancel() });
    },
  };
}

/** `/chat`: everybody hears what one says, who joins and who leaves. */
export function createChatRoom(maxMembers: number): PageRoom {
  const room = new ChatRoom(maxMembers);
  return {
    maxMessageBytes: 16 * 1024,
    join(connection) {
      const member = room.join({
        tell(reply) {
          if (!connection.isOpen) return;
          if (connection.bufferedBytes > maxUnreadBytes) connection.terminate();
          else connection.send(JSON.stringify(reply));
        },
        close: (code, reason) => connection.close(code, reason),
      });
      connection.handle({
        onMessage: (data) => member?.hear(typeof data === 'string' ? data : undefined),
        onEnd: () => member?.leave(),
      });
    },
  };
}
