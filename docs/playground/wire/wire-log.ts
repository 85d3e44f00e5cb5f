import type { Message } from '@holdfast/core';
import type { Side, WireChunk } from '../line/wire-chunk.ts';
import type { NewEntry, WireEntry } from './wire-entry.ts';
import { WireReader } from './wire-reader.ts';

/** What a timeline shows: anything that tells what travelled. */
export interface EntrySource {
  /** All that are kept, the oldest first. The array changes in place. */
  readonly entries: readonly WireEntry[];
  /** Calls the listener after each change; the answer ends that. */
  onChange(listener: () => void): () => void;
  clear(): void;
}

/** A message of a line whose frames nobody sees. */
export interface WireMessage {
  readonly line: number;
  readonly from: Side;
  readonly data: Message;
  readonly atMs: number;
}

/** Past this many entries, the oldest go. */
const maxEntries = 5_000;
/** So many at once: an array that loses its first element each time is slow. */
const droppedAtOnce = 500;
/** Two a line. */
const maxReaders = 400;

/** The wire as entries: chunks of bytes become handshakes and frames, and messages stay what they are. */
export class WireLog implements EntrySource {
  readonly entries: WireEntry[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #readers = new Map<string, WireReader>();
  #count = 0;

  /** Takes bytes of a line; give it to a PageServer as `onWire`. */
  readonly addChunk = (chunk: WireChunk): void => {
    const key = `${chunk.line} ${chunk.from}`;
    const reader = this.#readers.get(key) ?? new WireReader(chunk.from);
    // Those that were asked for last stand last.
    this.#readers.delete(key);
    this.#readers.set(key, reader);
    this.#add(reader.read(chunk));
  };

  /** Takes a message of a line whose frames nobody sees. */
  readonly addMessage = (message: WireMessage): void => {
    this.#add([{ ...message, kind: 'message' }]);
  };

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets what was; open lines are read on. */
  clear(): void {
    this.entries.length = 0;
    this.#tell();
  }

  #add(entries: readonly NewEntry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) this.entries.push({ ...entry, number: ++this.#count });
    if (this.entries.length > maxEntries) this.entries.splice(0, this.entries.length - maxEntries + droppedAtOnce);
    // Lines do not say that they are over: the ones that were quiet the longest are taken to be.
    const [quietest] = this.#readers.keys();
    if (this.#readers.size > maxReaders && quietest !== undefined) this.#readers.delete(quietest);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
