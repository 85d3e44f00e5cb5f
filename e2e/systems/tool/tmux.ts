import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long something may take to be on the screen, in ms. */
const limitMs = 20_000;
const lookAgainMs = 50;

/** A real terminal with a program in it, by a tmux of our own. */
export class Tmux {
  readonly #socket = `holdfast-${randomUUID()}`;

  /** Starts a program in a terminal of this size; its exit code is shown when it has ended. */
  static async open(command: readonly string[], columns = 80, rows = 24, env = {}): Promise<Tmux> {
    const tmux = new Tmux();
    const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${String(value)}`]);
    const size = ['-x', String(columns), '-y', String(rows)];
    // The shell waits for a key, so that the screen stays.
    await tmux.#do('new-session', '-d', ...variables, ...size, `${quoted}; echo "exit code $?"; read line`);
    return tmux;
  }

  /** Presses keys: text as it is, or names such as `Enter`, `Up` and `C-c`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const isName = /^(Enter|Up|Down|Left|Right|Home|BSpace|C-.)$/.test(key);
      await this.#do('send-keys', ...(isName ? [] : ['-l']), key);
    }
  }

  /** What is on the screen, each row without the blanks at its end; with `colours` as escape sequences. */
  async screen({ colours = false } = {}): Promise<string> {
    const { stdout } = await this.#do('capture-pane', '-p', ...(colours ? ['-e'] : []));
    return stdout.trimEnd();
  }

  /** The screen as soon as it matches. Rejects with the screen when that takes too long. */
  async shows(pattern: RegExp): Promise<string> {
    const untilMs = performance.now() + limitMs;
    for (;;) {
      const screen = await this.screen();
      if (pattern.test(screen)) return screen;
      if (performance.now() > untilMs) throw new Error(`no ${String(pattern)} on the screen:\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }

  async close(): Promise<void> {
    await this.#do('kill-server').catch(() => undefined);
  }

  #do(...args: string[]): Promise<{ stdout: string }> {
    // No configuration of whoever runs this.
    return run('tmux', ['-L', this.#socket, '-f', '/dev/null', ...args]);
  }
}
