import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const house = fileURLToPath(new URL('../..', import.meta.url));

/** `npm start` on free ports: the real script in a process of its own, read line by line and typed to. */
export class StartProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #read = 0;

  constructor(args: readonly string[] = ['--port', '0', '--demo-port', '0']) {
    const tsx = import.meta.resolve('tsx');
    this.#process = spawn(process.execPath, ['--import', tsx, 'scripts/start.ts', ...args], { cwd: house });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#note(line));
    }
    this.#process.on('close', () => this.#note('(ended)'));
  }

  /** The next line that matches, among those not yet asked for; rejects with all that was said when it ends without. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      while (this.#read < this.#lines.length) {
        const line = this.#lines[this.#read++] ?? '';
        const match = pattern.exec(line);
        if (match) return match;
        if (line === '(ended)') throw new Error(`no line like ${String(pattern)}:\n${this.#lines.join('\n')}`);
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Types a line. */
  type(command: string): void {
    this.#process.stdin.write(`${command}\n`);
  }

  /** Ends its input, as a service manager would give none. */
  endInput(): void {
    this.#process.stdin.end();
  }

  /** Asks it to end, as Ctrl-C does; resolves to its exit code. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    this.#process.kill('SIGINT');
    const [code] = (await once(this.#process, 'exit')) as [number | null];
    return code;
  }

  #note(line: string): void {
    this.#lines.push(line);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
