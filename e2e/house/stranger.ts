import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter } from 'node:path';

/** A command of a stranger in a shell of their own: none of our tools in PATH, none of pnpm's variables. */
export class Stranger {
  readonly #child: ChildProcess;
  #output = '';

  constructor(folder: string, command: string, ...args: readonly string[]) {
    // A process group of its own, so that whatever it starts ends with it.
    this.#child = spawn(command, args, { cwd: folder, env: bareEnvironment(), stdio: 'pipe', detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves with the exit status, or with the signal that ended it. */
  ended(): Promise<number | string> {
    return new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status, signal) => resolve(status ?? signal ?? 'no status'));
    });
  }

  /** Resolves with what matched in the output; rejects when the command ends without it. */
  said(pattern: RegExp): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = this.#output.match(pattern);
        if (match) resolve(match);
      };
      this.#child.stdout?.on('data', look);
      this.#child.once('close', () => reject(new Error(`ended without ${pattern}:\n${this.#output}`)));
      look();
    });
  }

  /** Ends the command as Ctrl+C does, and all that it started. */
  interrupt(): void {
    process.kill(-this.#child.pid!, 'SIGINT');
  }
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(npm_|pnpm_|vitest|node_env$)/i.test(name) && name !== 'npm_config_registry';
  const kept = Object.entries(process.env).filter(([name]) => !isOurs(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !/node_modules[\\/]\.bin$/.test(folder));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
