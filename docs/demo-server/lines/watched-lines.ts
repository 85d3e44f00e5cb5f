import { type LineFaults, noFaults } from './line-faults.ts';

/** A piece of a line as its watcher is told of it. */
export interface WatchedPiece {
  /** Which line of those with this mark, from 1 on. */
  readonly line: number;
  readonly from: 'client' | 'server';
  readonly kind: 'handshake' | 'frames';
  readonly bytes: Uint8Array;
}

/** A line that is open. */
export interface OpenLine {
  /** Hands on what is due now. */
  passOn(): void;
  cut(): void;
}

/** The lines that carry one mark, and who watches them. */
export class Watch {
  readonly #tell: (piece: WatchedPiece) => void;
  readonly #open = new Set<OpenLine>();
  #count = 0;
  #faults = noFaults;

  constructor(tell: (piece: WatchedPiece) => void) {
    this.#tell = tell;
  }

  get faults(): LineFaults {
    return this.#faults;
  }

  setFaults(faults: LineFaults): void {
    this.#faults = faults;
    for (const line of this.#open) line.passOn();
  }

  /** Drops every open line at both ends, without a word. */
  cut(): void {
    for (const line of this.#open) line.cut();
  }

  /** The number of a line that begins. */
  nextLine(): number {
    return ++this.#count;
  }

  tell(piece: WatchedPiece): void {
    this.#tell(piece);
  }

  add(line: OpenLine): () => void {
    this.#open.add(line);
    return () => this.#open.delete(line);
  }
}

/** All that is watched, by the marks of the watchers. */
export class WatchedLines {
  readonly #watches = new Map<string, Watch>();
  readonly #begun = new EventTarget();

  /** The watch over this mark, which may begin within `waitMs`: a page dials both at once; undefined where nobody watches. */
  async find(mark: string, waitMs: number): Promise<Watch | undefined> {
    if (!this.#watches.has(mark)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.#begun.addEventListener(mark, () => resolve(clearTimeout(timer)), { once: true });
      });
    }
    return this.#watches.get(mark);
  }

  /** Begins to watch; undefined where somebody else has this mark. The lines go on without a watcher when it ends. */
  begin(mark: string, tell: (piece: WatchedPiece) => void): { readonly watch: Watch; end(): void } | undefined {
    if (this.#watches.has(mark)) return undefined;
    const watch = new Watch(tell);
    this.#watches.set(mark, watch);
    this.#begun.dispatchEvent(new Event(mark));
    return {
      watch,
      end: () => {
        this.#watches.delete(mark);
        watch.setFaults(noFaults);
      },
    };
  }
}
