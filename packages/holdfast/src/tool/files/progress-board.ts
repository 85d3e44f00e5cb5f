import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { Look } from '../command.ts';
import { choosePaint, type Paint } from '../paint.ts';
import type { Terminal } from '../terminal.ts';
import { type Advance, formatBar } from './format-bar.ts';

/** The line of one file. */
export interface Bar {
  /** Shows that so many bytes are there. */
  show(done: number): void;
  /** Takes it away. */
  end(): void;
}

const redrawMs = 100;

/** The bars of all files under way, below what is printed; where there is no terminal, nothing. */
export class ProgressBoard {
  readonly #output: Terminal['stdout'];
  readonly #isShown: boolean;
  readonly #paint: Paint;
  readonly #bars = new Set<() => Advance>();
  #rows = 0;
  #drawnMs = -Infinity;

  constructor({ stdout, env }: Pick<Terminal, 'stdout' | 'env'>, look: Look) {
    this.#output = stdout;
    this.#isShown = stdout.isTTY && env.TERM !== 'dumb' && !look.isJson;
    this.#paint = choosePaint({ isTerminal: stdout.isTTY, isOff: look.isColourOff, env });
  }

  /** A bar for a file of this name and size. */
  add(name: string, size: number): Bar {
    let done = 0;
    let since: { readonly ms: number; readonly done: number } | undefined;
    const advance = () => {
      const seconds = since ? (performance.now() - since.ms) / 1000 : 0;
      return { name, size, done, bytes: done - (since?.done ?? done), seconds };
    };
    this.#bars.add(advance);
    return {
      show: (now) => {
        // What was there before it began here says nothing of the speed.
        since ??= { ms: performance.now(), done: now };
        done = now;
        if (performance.now() - this.#drawnMs >= redrawMs) this.#redraw();
      },
      end: () => {
        this.#bars.delete(advance);
        this.#redraw();
      },
    };
  }

  /** Prints lines above the bars. */
  print(text: string): void {
    this.#erase();
    this.#output.write(`${text}\n`);
    this.#draw();
  }

  #redraw(): void {
    this.#erase();
    this.#draw();
  }

  #erase(): void {
    if (this.#rows === 0) return;
    moveCursor(this.#output, 0, -this.#rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#rows = 0;
  }

  #draw(): void {
    if (!this.#isShown) return;
    // A row is left for the cursor: what scrolls away cannot be erased.
    const { columns = 80, rows = 24 } = this.#output as { columns?: number; rows?: number };
    const lines = [...this.#bars].slice(0, rows - 1).map((advance) => formatBar(advance(), columns, this.#paint));
    for (const line of lines) this.#output.write(`${line}\n`);
    this.#rows = lines.length;
    this.#drawnMs = performance.now();
  }
}
