import type { Entry, Say } from './protocol.ts';

/** Where a member sits: its name, which nobody else has, and the number of its own `joined`. */
export interface Seat {
  readonly name: string;
  readonly at: number;
}

/** The one log that a room is: entries numbered from 1 on. Several processes may share it. */
export interface Room {
  /** The seat of a session; the first time, the session joins by a name like this. */
  join(session: string, name: string): Promise<Seat>;
  /** Adds what was said, unless the message of this number of the session was added before. */
  say(session: string, number: number, said: Say): Promise<void>;
  /** Adds that the session left, once. */
  leave(session: string): Promise<void>;
  /** Entries from this number on, in order, as many as there are at hand; none where it is to come yet. */
  read(from: number): Promise<readonly Entry[]>;
  /** Is called when there are more entries; the answer ends that. */
  onMore(listener: () => void): () => void;
}
