import type { SavedSession, StoreChanges } from '@holdfast/core/delivery';

/** Where a server keeps its sessions, so that another process can go on with them. */
export interface SessionStore {
  /** Begins to keep a new session of this owner, at first for `forMs`. */
  create(session: string, owner: string, forMs: number): Promise<StoredSession>;
  /**
   * What is known of a session of this owner: from now on this process has it, and who had it before can write no more. It
   * is kept for `forMs` again. `undefined` where nothing is known, or it is somebody else's.
   */
  open(session: string, owner: string, forMs: number): Promise<OpenedSession | undefined>;
}

/** One session in a store, as one process has it. */
export interface StoredSession {
  /** Saves changes, all or none; rejects with `session-taken` once another process has the session. */
  write(changes: StoreChanges): Promise<void>;
  /** Forgets the session unless it is kept again within `forMs`. */
  keep(forMs: number): Promise<void>;
  /** Forgets the session. */
  remove(): Promise<void>;
}

/** A session that was in a store. */
export interface OpenedSession {
  readonly saved: SavedSession;
  readonly stored: StoredSession;
}
