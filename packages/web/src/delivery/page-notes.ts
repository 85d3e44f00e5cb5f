import type { Message } from '@holdfast/core/adapter';
import type { StoreChanges } from '@holdfast/core/delivery';

/** What a page has left behind that it could not save. */
export interface PageNote {
  /** The page. */
  readonly owner: string;
  /** Whether it had the session; else its messages wait to be put behind those that are kept. */
  readonly hadSession: boolean;
  readonly leftAt: number;
  readonly changes: StoreChanges;
}

/** Bytes as base64 in a list of one, to tell them from text. */
type WrittenMessage = string | readonly [string];
type WrittenChanges = Omit<StoreChanges, 'add'> & { readonly add?: readonly (readonly [number, WrittenMessage])[] };

const keyOf = (name: string, owner: string) => `holdfast.delivery:${name}:${owner}`;

/**
 * Leaves a note for the next page with this store, at once: a transaction of IndexedDB may not commit while a page unloads.
 * Answers whether it is there: there may be no such storage, as in a worker, or it may be full.
 */
export function leaveNote(name: string, note: PageNote): boolean {
  const add = note.changes.add?.map(([id, message]) => [id, writeMessage(message)] as const);
  const changes: WrittenChanges = { ...note.changes, ...(add && { add }) } as WrittenChanges;
  try {
    const storage = globalThis.localStorage as Storage | undefined;
    storage?.setItem(keyOf(name, note.owner), JSON.stringify({ ...note, changes }));
    return storage !== undefined;
  } catch {
    // There is nobody left to tell.
    return false;
  }
}

/** The notes that are left for this store, the oldest first. */
export function readNotes(name: string): PageNote[] {
  const storage = storageOf();
  if (!storage) return [];
  return Object.keys(storage)
    .filter((key) => key.startsWith(keyOf(name, '')))
    .map((key) => readNote(storage.getItem(key)))
    .filter((note) => note !== undefined)
    .sort((a, b) => a.leftAt - b.leftAt);
}

/** Takes back a note: answers whether it was still there. */
export function removeNote(name: string, owner: string): boolean {
  const storage = storageOf();
  const isThere = storage?.getItem(keyOf(name, owner)) !== null;
  storage?.removeItem(keyOf(name, owner));
  return isThere;
}

/** A page may be denied its storage, with a throw. */
function storageOf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function readNote(text: string | null): PageNote | undefined {
  try {
    const { changes, ...note } = JSON.parse(text ?? '') as Omit<PageNote, 'changes'> & { changes: WrittenChanges };
    const add = changes.add?.map(([id, message]) => [id, readMessage(message)] as const);
    return { ...note, changes: { ...changes, ...(add && { add }) } as StoreChanges };
  } catch {
    // Not one of ours.
    return undefined;
  }
}

function writeMessage(message: Message): WrittenMessage {
  if (typeof message === 'string') return message;
  let units = '';
  for (const byte of message) units += String.fromCharCode(byte);
  return [btoa(units)];
}

function readMessage(message: WrittenMessage): Message {
  return typeof message === 'string' ? message : Uint8Array.from(atob(message[0]), (unit) => unit.charCodeAt(0));
}
