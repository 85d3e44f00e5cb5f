import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const endLimitMs = 5_000;

/** A program and all that it starts; they end together, at the latest when our own process does. */
export interface Family {
  /** The first line that the program writes; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  /** Rejects when the program has ended, with what it complained of. */
  readonly ended: Promise<never>;
  /** All complaints until now. */
  complaints(): string;
  /** Ends them all, and resolves when the last is gone. */
  end(): Promise<void>;
}

/**
 * The shell leads a process group of its own. Its input ends when we want it, and also when we are killed and can want
 * nothing any more; then the whole group gets a SIGTERM. So it does when the program ends before its children.
 */
const leader = `
exec 3<&0
{ read -r _ <&3; kill 0; } &
"$@" </dev/null
echo "$1 ended with $?" >&2
kill 0
`;

/** Starts a program with these arguments, and these variables beside those of our own environment. */
export function startFamily(command: readonly string[], env: NodeJS.ProcessEnv = {}): Family {
  const shell = spawn('/bin/sh', ['-c', leader, 'sh', ...command], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  shell.stderr.on('data', (chunk) => {
    complaints += String(chunk);
  });
  // The pipes close when the last of the family has let go of them.
  const gone = new Promise<void>((resolve) => shell.once('close', () => resolve()));
  const ended = gone.then(() => Promise.reject(new Error(`${command[0]} is gone: ${complaints}`)));
  const line = new Promise<string>((resolve) => createInterface({ input: shell.stdout }).once('line', resolve));
  const firstLine = Promise.race([line, ended]);
  // Whoever does not wait for them is not told.
  for (const promise of [ended, firstLine]) promise.catch(() => {});
  return {
    firstLine,
    ended,
    complaints: () => complaints,
    end: async () => {
      shell.stdin.end();
      const limit = setTimeout(() => process.kill(-shell.pid!, 'SIGKILL'), endLimitMs);
      await gone;
      clearTimeout(limit);
    },
  };
}
