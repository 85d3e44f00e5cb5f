import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Terminal } from './terminal.ts';

/** What a screen tells of its user. */
export interface ScreenHandler {
  onLine(line: string): void;
  /** Ctrl+C or Ctrl+D. */
  onEnd(): void;
}

const mark = '> ';

/** A terminal with a line at its bottom that is being typed, which what is printed above never breaks. */
export class Screen {
  readonly #output: Terminal['stdout'];
  readonly #readline: Interface;
  #isClosed = false;

  constructor({ stdin, stdout }: Pick<Terminal, 'stdin' | 'stdout'>, handler: ScreenHandler) {
    this.#output = stdout;
    this.#readline = createInterface({
      input: stdin,
      output: stdout,
      prompt: mark,
      historySize: 1000,
      removeHistoryDuplicates: true,
    });
    this.#readline.on('line', (line) => {
      this.#eraseEntered(line);
      if (line !== '') handler.onLine(line);
      if (!this.#isClosed) this.#readline.prompt();
    });
    this.#readline.on('SIGINT', () => handler.onEnd());
    this.#readline.on('close', () => {
      if (!this.#isClosed) handler.onEnd();
    });
    this.#readline.prompt();
  }

  /** Prints lines above the one that is being typed. */
  print(text: string): void {
    if (this.#isClosed) return void this.#output.write(`${text}\n`);
    const { rows } = this.#readline.getCursorPos();
    this.#clear(rows);
    // Drawing the line again goes up as many rows as it had when it was drawn last.
    const { prevRows = rows } = this.#readline as { prevRows?: number };
    this.#output.write(`${text}\n${'\n'.repeat(prevRows)}`);
    this.#readline.prompt(true);
  }

  /** Ends the typing; what is printed afterwards is printed as it is. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#clear(this.#readline.getCursorPos().rows);
    this.#readline.close();
  }

  /** Takes away the line that was just entered: it is shown with its time, as all others. */
  #eraseEntered(line: string): void {
    // As a prompt it has its length in columns counted, wide characters and all.
    this.#readline.setPrompt(mark + line);
    const { rows } = this.#readline.getCursorPos();
    this.#readline.setPrompt(mark);
    this.#clear(rows + 1);
  }

  #clear(rowsAbove: number): void {
    moveCursor(this.#output, 0, -rowsAbove);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
  }
}
