import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { StartRunner } from './describe-scenarios.ts';
import type { Outcome } from './outcome.ts';

const exitLimitMs = 10_000;

/** What starts a server runtime on a file that runs in turn what it is asked for. */
export interface RuntimeCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Besides what is set here. */
  readonly env?: Readonly<Record<string, string>>;
  /** After so long the process is killed, in ms. Default: never. */
  readonly limitMs?: number;
}

/** Runs scenarios in a process of a server runtime, which must end by itself when it has run them. */
export function inProcess(findCommand: () => Promise<RuntimeCommand>): StartRunner {
  return async (platform, controlUrl, indexes) => {
    const { command, args, cwd, env = {}, limitMs } = await findCommand();
    const child = spawn(command, [...args, platform.name, controlUrl, indexes.join(',')], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      timeout: limitMs,
    });
    const outcomes = readOutcomes(child, indexes);
    return {
      run: (index) => outcomes.get(index) ?? Promise.reject(new Error(`scenario ${index} was not asked for`)),
      close: () => ended(child),
    };
  };
}

/** A promise for each scenario, kept when its line arrives and broken when the process ends without it. */
function readOutcomes(child: ChildProcess, indexes: readonly number[]): Map<number, Promise<Outcome>> {
  const waiting = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }>();
  const outcomes = new Map(
    indexes.map((index) => {
      const outcome = new Promise<Outcome>((resolve, reject) => waiting.set(index, { resolve, reject }));
      outcome.catch(() => {});
      return [index, outcome];
    }),
  );
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const { index, ...outcome } = JSON.parse(line) as Outcome & { index: number };
    waiting.get(index)?.resolve(outcome);
  });
  let complaint = '';
  child.stderr!.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const giveUp = (how: string) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process ${how}\n${complaint}`));
  };
  child.once('error', (error) => giveUp(`did not start: ${error.message}`));
  child.once('close', (code, signal) => giveUp(`ended with ${code ?? signal}`));
  return outcomes;
}

/** Nothing of ours keeps a process alive after its clients have closed (DESIGN, rule 5). */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the process had run all scenarios, and was still alive ${exitLimitMs} ms later`));
    }, exitLimitMs);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
  });
}
