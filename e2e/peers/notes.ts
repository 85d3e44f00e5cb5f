import { Changes } from '../faults/changes.ts';

/** What a peer tells of one of its lines, which goes by the path of its URL. */
export type Note = { readonly line: string } & (
  | { readonly told: 'open'; readonly protocol: string; readonly extensions: string }
  | { readonly told: 'message'; readonly kind: 'text' | 'binary'; readonly bytes: number }
  | { readonly told: 'pong'; readonly payload: string }
  | { readonly told: 'closed'; readonly code: number; readonly reason: string }
  | { readonly told: 'refused'; readonly status: number }
  /** A command that it could not follow. */
  | { readonly told: 'failed'; readonly what: string }
);

/** Notes by what they tell. */
export type NoteOf<Told extends Note['told']> = Extract<Note, { told: Told }>;

/** All that a peer told until now, each note taken once. */
export class Notes {
  readonly #notes: Note[] = [];
  readonly #changes = new Changes();

  add(note: Note): void {
    this.#notes.push(note);
    this.#changes.tell();
  }

  /** The oldest note of this line that tells this and was not taken; rejects after a generous limit. */
  async take<Told extends Note['told']>(line: string, told: Told): Promise<NoteOf<Told>> {
    const find = () => this.#notes.findIndex((note) => note.line === line && note.told === told);
    const others = () => JSON.stringify(this.#notes.filter((note) => note.line === line));
    try {
      await this.#changes.until(() => find() >= 0, `the peer tells "${told}" of ${line}`);
    } catch (cause) {
      throw new Error(`${String(cause)}; it told ${others()}`, { cause });
    }
    return this.#notes.splice(find(), 1)[0] as NoteOf<Told>;
  }
}
