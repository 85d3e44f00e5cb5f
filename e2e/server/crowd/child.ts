import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const house = fileURLToPath(new URL('../../..', import.meta.url));

/** A process that tells in words how far it is. */
export class Child<Word extends object> {
  readonly #process: ChildProcess;
  readonly #words: Word[] = [];
  readonly #waiting = new Set<() => void>();
  #end: string | undefined;

  constructor(file: URL, ...args: string[]) {
    this.#process = fork(fileURLToPath(file), args, {
      cwd: house,
      execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
    });
    this.#process.on('message', (word: Word) => {
      this.#words.push(word);
      this.#wake();
    });
    this.#process.on('exit', (code, signal) => {
      this.#end = `${file.pathname} ended with ${code ?? signal}`;
      this.#wake();
    });
  }

  order(order: string): void {
    this.#process.send(order);
  }

  /** Takes the first word, of those not taken, in which this stands; rejects when the process ends without it. */
  async word<T>(find: (word: Word) => T | undefined): Promise<T> {
    for (;;) {
      for (const [at, word] of this.#words.entries()) {
        const found = find(word);
        if (found === undefined) continue;
        this.#words.splice(at, 1);
        return found;
      }
      if (this.#end) throw new Error(`${this.#end}; it had said ${JSON.stringify(this.#words)}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
