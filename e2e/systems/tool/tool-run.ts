import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The tool as it was built. */
export const toolPath: string = fileURLToPath(new URL('../../../packages/holdfast/dist/tool.js', import.meta.url));

/** What a run of the tool came to. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the tool in a process of its own, whose input and outputs are pipes. */
export class ToolRun {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<Outcome>;
  readonly #waiting = new Set<() => void>();
  #stdout = '';
  #stderr = '';

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#process = spawn(process.execPath, [toolPath, ...args], { env: { ...process.env, ...env } });
    this.#process.stdin.on('error', () => {});
    this.#process.stdout.on('data', (chunk) => this.#note(() => (this.#stdout += String(chunk))));
    this.#process.stderr.on('data', (chunk) => this.#note(() => (this.#stderr += String(chunk))));
    this.#ended = new Promise((resolve) => {
      this.#process.on('close', (code, signal) => {
        this.#note(() => {});
        resolve({ exitCode: code ?? (signal === null ? -1 : -2), stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Writes to its input. */
  type(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Ends its input, behind this text. */
  end(text = ''): Promise<Outcome> {
    this.#process.stdin.end(text);
    return this.#ended;
  }

  /** What either output has that matches, as soon as it is there; rejects when the tool ends without. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#stdout) ?? pattern.exec(this.#stderr);
      if (match) return match;
      if (this.#process.exitCode !== null) throw new Error(`no ${String(pattern)} in ${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Sends a signal, and waits for the end. */
  signal(name: 'SIGINT' | 'SIGTERM'): Promise<Outcome> {
    this.#process.kill(name);
    return this.#ended;
  }

  #note(change: () => void): void {
    change();
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

/** Runs the tool with this input to its end. */
export function runTool(
  args: readonly string[],
  input = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new ToolRun(args, env).end(input);
}
