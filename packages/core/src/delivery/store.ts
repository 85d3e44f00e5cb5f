import type { Message } from '../message.ts';

/** What a session must not forget, as far as it changed. It is written as a whole or not at all, each after the one before. */
export interface StoreChanges {
  /** The name of the session; '' for none. */
  readonly session?: string;
  /** The number of the first message that is kept. */
  readonly first?: number;
  /** The number of the last message that arrived. */
  readonly received?: number;
  /** Messages to keep, by an id that grows. */
  readonly add?: readonly (readonly [id: number, message: Message])[];
  /** Messages to keep no longer. */
  readonly remove?: readonly number[];
}

/** What is known of a session. */
export interface SavedSession {
  /** '' where there is none yet. */
  readonly session: string;
  readonly first: number;
  readonly received: number;
  /** What is kept, by growing ids. */
  readonly messages: readonly (readonly [id: number, message: Message])[];
}

/** Where a client keeps its session, for when its page or process is gone. It is for one client at a time. */
export interface DeliveryStore {
  /**
   * What was saved, if anything. `unsaved` answers what was to be written and is not known to be, for a store that can save
   * it in its last moment. Rejects where another client has it.
   */
  open(unsaved: () => StoreChanges): Promise<SavedSession | undefined>;
  /** Asked before each dial, where the store has it: rejects when the session is no longer this client's to go on with. */
  confirm?(): Promise<void>;
  /** Saves a change. When it rejects it is called again with the same, and more. */
  write(changes: StoreChanges): Promise<void>;
  /** Nothing is kept any more. */
  clear(): Promise<void>;
  /** Lets go of what is open. */
  close(): void;
}
