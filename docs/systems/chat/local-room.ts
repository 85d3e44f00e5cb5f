import type { Entry } from './protocol.ts';
import type { Room, Seat } from './room.ts';

/** A room in the memory of one process. */
export function localRoom(): Room {
  const log: Entry[] = [];
  const seats = new Map<string, Seat & { noted: number }>();
  const listeners = new Set<() => void>();

  const add = (entry: Entry): number => {
    const length = log.push(entry);
    for (const listener of listeners) listener();
    return length;
  };
  const freeName = (wanted: string): string => {
    const taken = new Set([...seats.values()].map(({ name }) => name));
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted} ${number}`;
    return name;
  };
  return {
    async join(session, wanted) {
      const known = seats.get(session);
      if (known) return known;
      const name = freeName(wanted);
      const seat = { name, at: log.length + 1, noted: 0 };
      seats.set(session, seat);
      add({ type: 'joined', name });
      return seat;
    },
    async say(session, number, { text, id }) {
      const seat = seats.get(session);
      if (!seat || number <= seat.noted) return;
      seat.noted = number;
      add({ type: 'said', from: seat.name, text, ...(id !== undefined && { id }) });
    },
    async leave(session) {
      const seat = seats.get(session);
      if (seats.delete(session) && seat) add({ type: 'left', name: seat.name });
    },
    read: async (from) => log.slice(from - 1, from + 99),
    onMore(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
