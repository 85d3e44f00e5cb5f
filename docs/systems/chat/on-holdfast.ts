import { randomUUID } from 'node:crypto';
import { type Connection, serve, type Server, type SessionStore } from '@holdfast/node/server';
import { type Line, seatMember } from './member.ts';
import { nameOf } from './protocol.ts';
import type { Room } from './room.ts';

/** Serves the room with delivery for who asks for it; with a store, who loses this process goes on at another. */
export async function serveHere(
  place: { port: number; host: string },
  room: Room,
  store: SessionStore | undefined,
): Promise<Pick<Server, 'port' | 'close'>> {
  let isGoing = false;
  const delivery = { resumeWithinMs: 120_000, ...(store && { store }) };
  const server = await serve({ ...place, delivery, origin: '*', maxMessageBytes: 16 * 1024 }, (connection) => {
    const hasLeft = () => !(isGoing && store && connection.delivery);
    return seatMember(lineOf(connection, hasLeft), nameOf(connection.request.url), room);
  });
  return {
    port: server.port,
    close() {
      isGoing = true;
      return server.close();
    },
  };
}

function lineOf(connection: Connection, hasLeft: () => boolean): Line {
  let heard = 0;
  return {
    session: connection.delivery?.session ?? randomUUID(),
    sent: connection.delivery?.sent ?? 0,
    onMessage: (listener) =>
      void connection.on('message', ({ data }) => listener(data, connection.delivery?.received ?? ++heard)),
    onClosed: (listener) => void connection.on('closed', () => listener(hasLeft())),
    send: (text) => void connection.send(text),
    drained: () => connection.drained(),
    close: (code, reason) => void connection.close(code, reason),
  };
}
