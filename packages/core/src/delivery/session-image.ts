import type { Message } from '../message.ts';
import type { SavedSession, StoreChanges } from './store.ts';

/** A session as its changes have made it, for a store. */
export class SessionImage {
  /** About as many bytes as it takes to write down the messages that are kept. */
  keptBytes = 0;
  #session = '';
  #first = 1;
  #received = 0;
  readonly #messages = new Map<number, Message>();

  apply({ session, first, received, add = [], remove = [] }: StoreChanges): void {
    this.#session = session ?? this.#session;
    this.#first = first ?? this.#first;
    this.#received = received ?? this.#received;
    for (const id of remove) this.#remove(id);
    for (const [id, message] of add) {
      this.#remove(id);
      this.#messages.set(id, message);
      this.keptBytes += costOf(message);
    }
  }

  /** All that is known, in one. */
  toSaved(): SavedSession {
    return {
      session: this.#session,
      first: this.#first,
      received: this.#received,
      messages: [...this.#messages].sort(([a], [b]) => a - b),
    };
  }

  /** The changes that make the same of nothing. */
  toChanges(): StoreChanges {
    const { messages, ...rest } = this.toSaved();
    return { ...rest, add: messages };
  }

  #remove(id: number): void {
    const message = this.#messages.get(id);
    if (message === undefined) return;
    this.keptBytes -= costOf(message);
    this.#messages.delete(id);
  }
}

/** What its id and its length take counts too. */
function costOf(message: Message): number {
  return message.length + 16;
}
