import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const house = fileURLToPath(new URL('../../..', import.meta.url));
const anyPort = new URL('any-port.mjs', import.meta.url).href;

/** A sample of the guide that runs in a process of its own. */
export interface Sample {
  readonly port: number;
  /** All that it printed. */
  printed(): string;
  /** Asks it to end, as a service manager does; resolves to its exit code once it has ended by itself. */
  stop(): Promise<number | null>;
  kill(): void;
}

/** Runs a sample until it listens; rejects with what it printed when it ends before. */
export async function runSample(name: string): Promise<Sample> {
  const child = fork(`${house}/docs/guide/samples/${name}`, {
    cwd: house,
    execArgv: ['--import', import.meta.resolve('tsx'), '--import', anyPort],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += String(chunk);
    });
  }
  const ended = once(child, 'close') as Promise<[number | null]>;
  const port = await Promise.race([portOf(child), ended.then(() => undefined)]);
  if (port === undefined) throw new Error(`${name} ended before it listened:\n${printed}`);
  return {
    port,
    printed: () => printed,
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** Runs a sample that ends by itself, with one argument; resolves to what it printed, rejects when it fails. */
export async function runToEnd(name: string, argument: string): Promise<string> {
  const tsx = import.meta.resolve('tsx');
  const args = ['--import', tsx, `${house}/docs/guide/samples/${name}`, argument];
  return (await promisify(execFile)(process.execPath, args, { cwd: house, timeout: 20_000 })).stdout;
}

async function portOf(child: ChildProcess): Promise<number> {
  const [word] = (await once(child, 'message')) as [{ port: number }];
  return word.port;
}
