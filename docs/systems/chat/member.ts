import { type Entry, type Heard, limits, parseSay } from './protocol.ts';
import type { Room, Seat } from './room.ts';

/** The line to one member, by whatever server. */
export interface Line {
  /** Whose line it is, also when it goes on at another process. */
  readonly session: string;
  /** How many messages the member was sent before, at any process. */
  readonly sent: number;
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
  line.onMessage((data, number) => {
    const said = parseSay(data);
    if (!said) return line.close(1008, 'not what the room understands');
    // Handed over before this returns: what has returned is acknowledged.
    room.say(line.session, number, said).catch(() => line.close(1011, 'the room is away'));
  });
  const stop = pump(line, seat, room);
  line.onClosed((hasLeft) => {
    stop();
    // Where the room is away, nobody can be told.
    if (hasLeft) room.leave(line.session).catch(() => {});
  });
}

/**
 * Sends what the member has not been sent. The welcome is the first message of a session and the entries from its `joined` on are
 * the others, so how many were sent says which is the next.
 */
function pump(line: Line, seat: Seat, room: Room): () => void {
  let next = seat.at + Math.max(0, line.sent - 1);
  let isWelcome = line.sent > 0;
  let isBusy = false;
  let isMore = false;
  const send = (heard: Heard) => line.send(JSON.stringify(heard));
  const sendAll = async () => {
    if (!isWelcome) send({ type: 'welcome', name: seat.name, history: await historyBefore(seat, room) });
    isWelcome = true;
    do {
      isMore = false;
      for (let entries = await room.read(next); entries.length > 0; entries = await room.read(next)) {
        entries.forEach(send);
        next += entries.length;
        await line.drained();
      }
    } while (isMore);
  };
  const run = () => {
    isMore = true;
    if (isBusy) return;
    isBusy = true;
    sendAll().then(
      () => (isBusy = false),
      () => line.close(1011, 'the room is away'),
    );
  };
  const stop = room.onMore(run);
  run();
  return stop;
}

async function historyBefore({ at }: Seat, room: Room): Promise<Entry[]> {
  const from = Math.max(1, at - limits.history);
  const entries = at > from ? await room.read(from) : [];
  return entries.slice(0, at - from).filter(({ type }) => type === 'said');
}
