import type { ChatRequest, Entry } from './protocol.ts';

/** Where a member sits: its name at first, which nobody else has, and the number of its own `joined`. */
export interface Seat {
  readonly name: string;
  readonly at: number;
}

/** What a member does that all hear of. */
export type Act = Extract<ChatRequest, { type: 'say' | 'rename' }>;

/** The one log that a room is: entries numbered from 1 on. Several processes may share it. */
export interface Room {
  /** The seat of a session; the first time, the session joins by a name like this. */
  join(session: string, name: string): Promise<Seat>;
  /** Adds what a member did, unless the message of this number of the session was added before. */
  add(session: string, number: number, act: Act): Promise<void>;
  /** Adds that the session left, once. */
  leave(session: string): Promise<void>;
  /** The names of all who are in now. */
  members(): Promise<string[]>;
  /** Entries from this number on, in order, as many as there are at hand; none where it is to come yet. */
  read(from: number): Promise<readonly Entry[]>;
  /** Is called when there are more entries; the answer ends that. */
  onMore(listener: () => void): () => void;
}
