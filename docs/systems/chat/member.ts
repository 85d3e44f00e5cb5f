import { parseRequest } from './parse-request.ts';
import { chatLimits, type ChatReply, type Entry } from './protocol.ts';
import type { Room, Seat } from './room.ts';

/** The line to one member, by whatever server. */
export interface Line {
  /** Whose line it is, also when it goes on at another process. */
  readonly session: string;
  /** How many messages the member was sent before, at any process. With delivery they are counted; else it is undefined. */
  readonly sent: number | undefined;
  /** Tells each message with its number in the session. */
  onMessage(listener: (data: string | Uint8Array, number: number) => void): void;
  /** Tells the end, and whether the member has left, or may go on at another process. */
  onClosed(listener: (hasLeft: boolean) => void): void;
  send(text: string): void;
  /** Resolves when more can be taken; rejects when the line has ended. */
  drained(): Promise<void>;
  close(code: number, reason: string): void;
}

/** Lets somebody into the room, or lets it go on where another process has left off. */
export async function seatMember(line: Line, name: string, room: Room): Promise<void> {
  const seat = await room.join(line.session, name);
  line.onMessage((data, number) => hear(line, data, number, room));
  const stop = pump(line, seat, room);
  line.onClosed((hasLeft) => {
    stop();
    // Where the room is away, nobody can be told.
    if (hasLeft) room.leave(line.session).catch(() => {});
  });
}

function hear(line: Line, data: string | Uint8Array, number: number, room: Room): void {
  const request = parseRequest(data);
  switch (request.type) {
    case 'say':
    case 'rename':
      // Handed over before this returns: what has returned is acknowledged.
      room.add(line.session, number, request).catch(() => line.close(1011, 'the room is away'));
      return;
    case 'probe':
      // Where messages are counted, each is an entry; and such a line has a heartbeat of its own.
      if (line.sent === undefined) send(line, { type: 'probe-reply' });
      return;
    case 'error':
      if (line.sent === undefined) send(line, request);
      else line.close(1008, request.code);
  }
}

/**
 * Sends what the member has not been sent. The welcome is the first message of a session and the entries from its `joined` on are
 * the others, so how many were sent says which is the next.
 */
function pump(line: Line, seat: Seat, room: Room): () => void {
  const { sent = 0 } = line;
  let next = seat.at + Math.max(0, sent - 1);
  let isWelcome = sent > 0;
  let isBusy = false;
  let isMore = false;
  const sendAll = async () => {
    if (!isWelcome) await welcome(line, seat, room);
    isWelcome = true;
    do {
      isMore = false;
      for (let entries = await room.read(next); entries.length > 0; entries = await room.read(next)) {
        for (const entry of entries) send(line, entry);
        next += entries.length;
        await line.drained();
      }
    } while (isMore);
    isBusy = false;
  };
  const run = () => {
    isMore = true;
    if (isBusy) return;
    isBusy = true;
    sendAll().catch(() => line.close(1011, 'the room is away'));
  };
  const stop = room.onMore(run);
  run();
  return stop;
}

async function welcome(line: Line, seat: Seat, room: Room): Promise<void> {
  const [members, history] = await Promise.all([room.members(), historyBefore(seat, room)]);
  send(line, { type: 'welcome', name: seat.name, members, history });
}

async function historyBefore({ at }: Seat, room: Room): Promise<Entry[]> {
  const from = Math.max(1, at - chatLimits.history);
  const entries = at > from ? await room.read(from) : [];
  return entries.slice(0, at - from).filter(({ type }) => type === 'said');
}

function send(line: Line, reply: ChatReply): void {
  line.send(JSON.stringify(reply));
}
