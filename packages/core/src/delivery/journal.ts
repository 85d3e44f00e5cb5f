import { type Clock, createTimer, type Timer } from '../clock.ts';
import type { Message } from '../message.ts';
import type { SavedSession, StoreChanges } from './store.ts';

const longestPauseMs = 5_000;

/**
 * Writes down the changes of a session in their order, one writing at a time, in which those are together that came
 * meanwhile. What fails is tried again, after pauses that double up to 5 s: nothing is left out, so that what is saved is
 * always what was true at one time. Until `begin` it only collects.
 */
export class Journal {
  readonly #write: (changes: StoreChanges) => Promise<void>;
  readonly #onFailure: (cause: unknown) => void;
  readonly #setTimer: Timer;
  #waiting = new Batch();
  #writing: Batch | undefined;
  #isWriting = false;
  #hasBegun = false;
  #isOver = false;
  /** Ids are counted from what was saved on: messages may come before that is known. */
  #base = 1;
  #nextId = 0;
  readonly #onSaved: (() => void)[] = [];

  constructor(clock: Clock, write: (changes: StoreChanges) => Promise<void>, onFailure: (cause: unknown) => void) {
    this.#write = write;
    this.#onFailure = onFailure;
    this.#setTimer = createTimer(clock);
  }

  /** Writes from now on. Answers the ids of what was saved, as they count here: below all that `add` gives. */
  begin(saved: SavedSession | undefined): number[] {
    const ids = saved?.messages.map(([id]) => id) ?? [];
    this.#base = (ids.at(-1) ?? 0) + 1;
    this.#hasBegun = true;
    void this.#writeAll();
    return ids.map((id) => id - this.#base);
  }

  /** Keeps a message; answers its id. */
  add(message: Message): number {
    const id = this.#nextId++;
    this.#waiting.add.set(id, message);
    void this.#writeAll();
    return id;
  }

  /** Keeps messages no longer, and notes what else has changed. */
  record(changes: Omit<StoreChanges, 'add'>): void {
    this.#waiting.take(changes);
    void this.#writeAll();
  }

  /** Resolves when all that was noted so far is saved, or never will be. */
  async saved(): Promise<void> {
    if (this.#isOver || (!this.#writing && this.#waiting.isEmpty)) return;
    await new Promise<void>((resolve) => this.#onSaved.push(resolve));
  }

  /** What is not known to be saved. */
  unsaved(): StoreChanges {
    const all = new Batch();
    // What is being written may be saved by now: what of it is removed is to be removed there too.
    all.isTried = this.#writing !== undefined;
    if (this.#writing) all.takeAll(this.#writing);
    all.takeAll(this.#waiting);
    return all.toChanges(this.#base);
  }

  /** Writes no more. */
  end(): void {
    this.#isOver = true;
    this.#setTimer();
    this.#tellSaved();
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting || !this.#hasBegun) return;
    this.#isWriting = true;
    let pauseMs = 0;
    // What is noted in one turn is written together.
    await Promise.resolve();
    while (!this.#isOver && (this.#writing || !this.#waiting.isEmpty)) {
      const batch = (this.#writing ??= new Batch());
      batch.takeAll(this.#waiting);
      this.#waiting = new Batch();
      const waiting = this.#onSaved.length;
      batch.isTried = true;
      try {
        await this.#write(batch.toChanges(this.#base));
        this.#writing = undefined;
        pauseMs = 0;
        this.#tellSaved(waiting);
      } catch (cause) {
        if (this.#isOver) return;
        if (pauseMs === 0) this.#onFailure(cause);
        pauseMs = Math.min(longestPauseMs, pauseMs * 2 || 100);
        const delayMs = pauseMs;
        await new Promise<void>((resolve) => this.#setTimer(delayMs, resolve));
      }
    }
    this.#isWriting = false;
    this.#tellSaved();
  }

  /** Tells those who have waited the longest, or all. */
  #tellSaved(count = Infinity): void {
    for (const resolve of this.#onSaved.splice(0, count)) resolve();
  }
}

/** Changes that are to be written together. */
class Batch {
  /** It may be saved, although that failed. */
  isTried = false;
  readonly add: Map<number, Message> = new Map();
  readonly #remove: number[] = [];
  readonly #rest: Omit<StoreChanges, 'add' | 'remove'> = {};

  get isEmpty(): boolean {
    return this.add.size === 0 && this.#remove.length === 0 && Object.keys(this.#rest).length === 0;
  }

  /** What is added and removed again need not be written. */
  take({ remove = [], ...rest }: Omit<StoreChanges, 'add'>): void {
    for (const id of remove) if (!this.add.delete(id) || this.isTried) this.#remove.push(id);
    Object.assign(this.#rest, rest);
  }

  takeAll(later: Batch): void {
    this.take({ ...later.#rest, remove: later.#remove });
    for (const [id, message] of later.add) this.add.set(id, message);
  }

  toChanges(base: number): StoreChanges {
    return {
      ...this.#rest,
      ...(this.add.size > 0 && { add: [...this.add].map(([id, message]) => [id + base, message] as const) }),
      ...(this.#remove.length > 0 && { remove: this.#remove.map((id) => id + base) }),
    };
  }
}
