import { listen } from '@holdfast/core/adapter';
import { openDatabase } from './open-database.ts';
import { lockForPage } from './page-lock.ts';
import { SessionDatabase } from './session-database.ts';

/** A page's hold on a database: from when no other page has it, until it lets go or the browser closes it. */
export class PageHold {
  readonly database: Promise<SessionDatabase>;
  readonly #end = new AbortController();

  constructor(name: string, owner: string) {
    this.database = this.#take(name, owner).catch((cause: unknown) => {
      this.letGo();
      throw cause;
    });
    // Who waits for it is told.
    this.database.catch(() => {});
  }

  get isOver(): boolean {
    return this.#end.signal.aborted;
  }

  /** Lets another page have it. What is being written is still written. */
  letGo(): void {
    this.#end.abort();
  }

  async #take(name: string, owner: string): Promise<SessionDatabase> {
    const { signal } = this.#end;
    // An end that comes while it waits is an end too.
    const onEnd = (act: () => void) => (signal.aborted ? act() : void listen(signal, 'abort', act));
    onEnd(await lockForPage(name, signal));
    const opened = await openDatabase(name);
    onEnd(() => opened.close());
    signal.throwIfAborted();
    return new SessionDatabase(opened, owner, () => this.letGo());
  }
}
