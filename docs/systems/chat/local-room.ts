import { Log } from './log.ts';
import { freeName } from './names.ts';
import type { Room, Seat } from './room.ts';

/** A room in the memory of one process, or of one page. */
export function localRoom(): Room {
  const log = new Log();
  const seats = new Map<string, { seat: Seat; name: string; noted: number }>();
  const names = () => new Set([...seats.values()].map(({ name }) => name));

  return {
    async join(session, wanted) {
      const known = seats.get(session);
      if (known) return known.seat;
      const name = freeName(wanted, names());
      const seat = { name, at: log.next };
      seats.set(session, { seat, name, noted: 0 });
      log.add({ type: 'joined', name });
      return seat;
    },
    async add(session, number, act) {
      const member = seats.get(session);
      if (!member || number <= member.noted) return;
      member.noted = number;
      const { name: was } = member;
      if (act.type === 'say') {
        log.add({ ...act, type: 'said', from: was });
      } else if (act.name !== was) {
        member.name = freeName(act.name, names());
        log.add({ type: 'renamed', name: member.name, was });
      }
    },
    async leave(session) {
      const member = seats.get(session);
      if (seats.delete(session) && member) log.add({ type: 'left', name: member.name });
    },
    members: async () => [...names()],
    read: async (from) => log.read(from),
    onMore: (listener) => log.onMore(listener),
  };
}
