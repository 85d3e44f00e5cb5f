import { failOn, HoldfastError, listen } from '@holdfast/core/adapter';
import type { DeliveryStore, SavedSession, StoreChanges } from '@holdfast/core/delivery';
import { PageHold } from './page-hold.ts';
import { leaveNote, readNotes, removeNote } from './page-notes.ts';
import type { SessionDatabase } from './session-database.ts';

/**
 * Keeps a session in an IndexedDB database of this name, for one page or worker at a time. What a page could not save before
 * it is left goes into its localStorage, from where the next takes it. `open` and `write` reject with `store-failed`, which
 * names the database and the cause. Throws `invalid-option` for a name that is none.
 */
export function indexedDbStore(name: string): DeliveryStore {
  if (typeof name !== 'string' || name === '') failOn('invalid-option', `name ${name}`, 'a name');
  return new IndexedDbStore(name);
}

class IndexedDbStore implements DeliveryStore {
  readonly #name: string;
  /** This store in this page: what it leaves behind is told by that. */
  #owner = '';
  #unsaved: () => StoreChanges = () => ({});
  #hold: PageHold | undefined;
  #hadSession = false;
  #isLeft = false;
  #hasNote = false;
  /** Another page has sent what this one has left behind. */
  #isAdopted = false;
  /** Resolves when the page comes out of the cache of pages. */
  #back: Promise<void> | undefined;
  #comeBack = () => {};
  #unfollow: (() => void) | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async open(unsaved: () => StoreChanges): Promise<SavedSession> {
    this.#owner ||= `${Date.now()}.${Math.random()}`;
    this.#unsaved = unsaved;
    this.#unfollow ??= this.#follow();
    return this.#explain(async () => {
      await this.#back;
      const database = await this.#take();
      const notes = readNotes(this.#name);
      const saved = await database.begin(notes);
      for (const { owner } of notes) removeNote(this.#name, owner);
      this.#hadSession = true;
      return saved;
    });
  }

  async write(changes: StoreChanges): Promise<void> {
    await this.#use((database) => database.write(changes));
  }

  async confirm(): Promise<void> {
    await this.#use((database) => database.confirm());
  }

  async clear(): Promise<void> {
    // What is not open is another page's, or is there for the next.
    if (this.#hadSession) await this.#use((database) => database.clear());
  }

  close(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#hold?.letGo();
    this.#hadSession = false;
    this.#owner = '';
  }

  #use(act: (database: SessionDatabase) => Promise<void>): Promise<void> {
    return this.#explain(async () => {
      await this.#back;
      // Each transaction asks whether the session is still this page's.
      await act(await this.#take());
    });
  }

  /** The database, which the page has for itself; it takes it again where it had to let go of it. */
  #take(): Promise<SessionDatabase> {
    if (this.#isAdopted) throw new Error('another page has sent what this one has left');
    if (!this.#hold || this.#hold.isOver) this.#hold = new PageHold(this.#name, this.#owner);
    return this.#hold.database;
  }

  async #explain<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new HoldfastError('store-failed', `${this.#name}: ${why}`, { cause });
    }
  }

  #follow(): () => void {
    const stops = [
      listen(globalThis, 'pagehide', ((event: PageTransitionEvent) => this.#leave(event.persisted)) as () => void),
      // It comes behind, when the listeners of the app have been called too.
      listen(globalThis, 'visibilitychange', () => this.#isLeft && this.#leaveNote()),
      listen(globalThis, 'pageshow', ((event: PageTransitionEvent) => event.persisted && this.#return()) as () => void),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #leave(mayComeBack: boolean): void {
    this.#isLeft = true;
    this.#leaveNote();
    if (!mayComeBack) return;
    this.#back = new Promise((resolve) => {
      this.#comeBack = resolve;
    });
    this.#hold?.letGo();
  }

  #leaveNote(): void {
    const changes = this.#unsaved();
    if (Object.keys(changes).length === 0) return;
    const note = { owner: this.#owner, hadSession: this.#hadSession, leftAt: Date.now(), changes };
    this.#hasNote = leaveNote(this.#name, note);
  }

  /** Out of the cache of pages, where it has lain as it was. */
  #return(): void {
    this.#isLeft = false;
    const isThere = removeNote(this.#name, this.#owner);
    // What the owner had noted is asked of the database.
    this.#isAdopted ||= this.#hasNote && !isThere && !this.#hadSession;
    this.#hasNote = false;
    this.#comeBack();
    this.#back = undefined;
  }
}
