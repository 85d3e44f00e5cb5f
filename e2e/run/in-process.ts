import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bundleForProcess } from './bundle.ts';
import type { StartRunner } from './describe-scenarios.ts';
import type { Outcome } from './outcome.ts';

const exitLimitMs = 10_000;

/** Runs scenarios in a process of a server runtime, which must end by itself when it has run them. */
export function inProcess(findCommand: () => Promise<string>): StartRunner {
  return async (platform, controlUrl, indexes) => {
    const [command, bundle] = await Promise.all([findCommand(), bundleForProcess()]);
    const child = spawn(command, [bundle, platform.name, controlUrl, indexes.join(',')], {
      stdio: ['ignore', 'pipe', 'pipe'],
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
