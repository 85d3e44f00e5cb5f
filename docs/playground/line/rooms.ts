import type { Clock } from '@holdfast/core';
import { localRoom } from '../../systems/chat/local-room.ts';
import { type Line, seatMember } from '../../systems/chat/member.ts';
import { nameOf } from '../../systems/chat/names.ts';
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

/** `/chat`: the room of the chat system, in this page. */
export function createChatRoom(maxMembers: number): PageRoom {
  const room = localRoom();
  const lines = new Set<Line>();
  let count = 0;
  return {
    maxMessageBytes: 16 * 1024,
    join(connection) {
      if (lines.size >= maxMembers) {
        connection.close(1013, `the room is full: it holds ${maxMembers}`);
        return;
      }
      const line: Line = lineOf(connection, String(++count), () => void lines.delete(line));
      lines.add(line);
      void seatMember(line, nameOf('/'), room);
    },
  };
}

/** What comes or happens before somebody listens waits. */
function lineOf(connection: PageConnection, session: string, onEnd: () => void): Line {
  const early: (string | Uint8Array)[] = [];
  let heard = 0;
  let hear: (data: string | Uint8Array) => void = (data) => early.push(data);
  const ended = new Promise<void>((resolve) => {
    connection.handle({
      onMessage: (data) => hear(data),
      onEnd() {
        onEnd();
        resolve();
      },
    });
  });
  return {
    session,
    sent: undefined,
    onMessage(listener) {
      hear = (data) => listener(data, ++heard);
      for (const data of early.splice(0)) hear(data);
    },
    onClosed: (listener) => void ended.then(() => listener(true)),
    send(text) {
      if (!connection.isOpen) return;
      if (connection.bufferedBytes > maxUnreadBytes) connection.terminate();
      else connection.send(text);
    },
    drained: async () => {},
    close: (code, reason) => connection.close(code, reason),
  };
}
