import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoPorts } from '../../docs/site-server/serve-site.ts';
import { house } from '../house.ts';

/** The demo server closes its connections within 2 s; a child that takes longer than this is ended by force. */
const stopTimeoutMs = 4000;

/** The demo server in a process of its own, so that it can be stopped, frozen, killed and started again. */
export class DemoChild {
  #ports: DemoPorts;
  readonly #flags: readonly string[];
  #process: ChildProcess | undefined;
  #isFrozen = false;
  readonly #onDied: (how: string) => void;

  /** `onDied` hears when the process ended without being asked to. */
  constructor(port: number, flags: readonly string[], onDied: (how: string) => void) {
    this.#ports = { port, linePort: 0 };
    this.#flags = flags;
    this.#onDied = onDied;
  }

  /** Where it listens, or listened last. */
  get ports(): DemoPorts {
    return this.#ports;
  }

  /** Its process, while there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Starts it on the ports it had, or the next free one; resolves when it takes connections. */
  async start(): Promise<void> {
    const file = join(house, 'docs/demo-server/main.ts');
    const { port, linePort } = this.#ports;
    const ports = ['--port', String(port), '--line-port', String(linePort)];
    const args = ['--import', import.meta.resolve('tsx'), file, ...ports, ...this.#flags];
    // It ends by itself when this process dies: the channel between the two breaks.
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#ports = await portsOf(child);
    this.#process = child;
    child.once('exit', (code, signal) => {
      if (this.#process !== child) return;
      this.#forget();
      this.#onDied(signal ?? `exit code ${code}`);
    });
  }

  /** Ends it, by force when it takes too long; resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#forget();
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const limit = new AbortController();
    const force = sleep(stopTimeoutMs, undefined, { signal: limit.signal }).then(() => child.kill('SIGKILL'));
    await gone;
    limit.abort();
    await force.catch(() => undefined);
  }

  /** Holds it still, as a cut cable would: its connections stay open and nothing comes from it. */
  freeze(): void {
    this.#isFrozen = this.#process?.kill('SIGSTOP') ?? false;
  }

  /** Lets it go on. */
  thaw(): void {
    this.#process?.kill('SIGCONT');
    this.#isFrozen = false;
  }

  /** Ends it at once, for a process that is about to exit. */
  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  #forget(): void {
    this.#process = undefined;
    this.#isFrozen = false;
  }
}

async function portsOf(child: ChildProcess): Promise<DemoPorts> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the demo server did not start: exit code ${String(code)}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [DemoPorts];
  // Its later exit is not a failed start.
  ended.catch(() => undefined);
  return message;
}
