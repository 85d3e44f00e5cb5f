import type { Message } from '@holdfast/core/adapter';
import { type SavedSession, SessionImage, type StoreChanges } from '@holdfast/core/delivery';
import type { PageNote } from './page-notes.ts';

const rowsName = 'session';
const messagesName = 'messages';
const rowKey = 'session';

/** What stands beside the messages. */
interface SessionRow {
  readonly session: string;
  readonly first: number;
  readonly received: number;
  /** The page that has it, or had it last. */
  readonly owner: string;
  /** The pages whose notes were taken when that page came. */
  readonly adopted: readonly string[];
}

/** The two object stores, in one transaction. */
interface Stores {
  readonly rows: IDBObjectStore;
  readonly messages: IDBObjectStore;
}

/** Makes what a new database consists of. */
export function createStores(database: IDBDatabase): void {
  database.createObjectStore(rowsName);
  database.createObjectStore(messagesName);
}

/**
 * A session in a database of its own, of which one page is the owner: each change is a transaction. Rejects as IndexedDB
 * does, and where another page has become the owner, or the database was deleted.
 */
export class SessionDatabase {
  readonly #database: IDBDatabase;
  readonly #owner: string;

  /** Calls `onEnd` when the browser has closed it, or somebody wants to delete it. */
  constructor(database: IDBDatabase, owner: string, onEnd: () => void) {
    this.#database = database;
    this.#owner = owner;
    database.onversionchange = database.onclose = onEnd;
  }

  /** Makes this page the owner: takes the notes that others have left, and answers all that is known then. */
  async begin(notes: readonly PageNote[]): Promise<SavedSession> {
    const image = new SessionImage();
    await this.#transact((stores, stop) => {
      readAll(stores, (row, kept) => {
        if (row?.adopted.includes(this.#owner)) return stop(taken());
        image.apply({ ...row, add: kept });
        const adopted = notes.filter(({ owner }) => !row?.adopted.includes(owner));
        for (const note of adopted) {
          const changes = changesOf(note, row, image);
          image.apply(changes);
          writeMessages(stores, changes);
        }
        const { session, first, received } = image.toSaved();
        const owners = adopted.map(({ owner }) => owner);
        stores.rows.put({ session, first, received, owner: this.#owner, adopted: owners } satisfies SessionRow, rowKey);
      });
    });
    return image.toSaved();
  }

  write(changes: StoreChanges): Promise<void> {
    const { add: _add, remove: _remove, ...rest } = changes;
    return this.#transactAsOwner((stores, row) => {
      stores.rows.put({ ...row, ...rest }, rowKey);
      writeMessages(stores, changes);
    });
  }

  /** Resolves where this page is the owner still. */
  confirm(): Promise<void> {
    return this.#transactAsOwner(() => {});
  }

  /** Nothing is kept any more. */
  clear(): Promise<void> {
    return this.#transactAsOwner(({ rows, messages }) => {
      rows.clear();
      messages.clear();
    });
  }

  #transactAsOwner(act: (stores: Stores, row: SessionRow) => void): Promise<void> {
    return this.#transact((stores, stop, commit) => {
      const request = stores.rows.get(rowKey) as IDBRequest<SessionRow | undefined>;
      request.onsuccess = () => {
        if (request.result?.owner !== this.#owner) return stop(taken());
        act(stores, request.result);
        return commit();
      };
    });
  }

  async #transact(act: (stores: Stores, stop: (fault: Error) => void, commit: () => void) => void): Promise<void> {
    const names = [rowsName, messagesName];
    // Nothing waits for the disk: what a page needs after a reload is with the browser.
    const transaction = this.#database.transaction(names, 'readwrite', { durability: 'relaxed' });
    let fault: Error | undefined;
    const stop = (why: Error) => {
      fault = why;
      transaction.abort();
    };
    const over = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(fault ?? transaction.error ?? new Error('the transaction was aborted'));
    });
    const stores = { rows: transaction.objectStore(rowsName), messages: transaction.objectStore(messagesName) };
    act(stores, stop, () => transaction.commit());
    await over;
  }
}

function taken(): Error {
  return new Error('another page has gone on with the session, or its database was deleted');
}

function readAll(
  { rows, messages }: Stores,
  act: (row: SessionRow | undefined, kept: [id: number, message: Message][]) => void,
): void {
  const row = rows.get(rowKey) as IDBRequest<SessionRow | undefined>;
  const ids = messages.getAllKeys() as IDBRequest<number[]>;
  const kept = messages.getAll() as IDBRequest<Message[]>;
  // They are answered in their order.
  kept.onsuccess = () =>
    act(
      row.result,
      kept.result.map((message, at) => [ids.result[at] as number, message]),
    );
}

function writeMessages({ messages }: Stores, { add = [], remove = [] }: StoreChanges): void {
  for (const [from, to] of rangesOf(remove)) messages.delete(IDBKeyRange.bound(from, to));
  for (const [id, message] of add) messages.put(message, id);
}

/** Ids that follow one another go together. */
function rangesOf(ids: readonly number[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last && last[1] + 1 === id) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

/**
 * What a note changes. What the owner noted counts as it is. A page that never had the session has only messages for it,
 * which go behind those that are kept; and what was noted by an owner before the last came too late.
 */
function changesOf(
  { owner, hadSession, changes }: PageNote,
  row: SessionRow | undefined,
  image: SessionImage,
): StoreChanges {
  if (hadSession) return owner === row?.owner ? changes : {};
  const lastId = image.toSaved().messages.at(-1)?.[0] ?? 0;
  return { add: (changes.add ?? []).map(([, message], at) => [lastId + 1 + at, message]) };
}
