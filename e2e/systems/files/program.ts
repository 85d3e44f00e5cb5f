import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { toolPath } from '../tool/tool-run.ts';

/** The terminal tool, sending or receiving files. */
export interface Program {
  readonly pid: number;
  /** What it has said so far, errors among it. */
  readonly lines: readonly string[];
  /** The next line, or one from before, that has this in it; rejects when the program ends without. */
  line(part: string): Promise<string>;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it, and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Runs `holdfast send` or `holdfast receive` with these arguments, and what it says as JSON. */
export function runProgram(name: 'send' | 'receive', ...given: readonly string[]): Program {
  const child = spawn(process.execPath, [toolPath, name, '--json', ...given], { stdio: 'pipe' });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const line = (part: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((one) => one.includes(part));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then((code) => reject(new Error(`${name} ended with ${code} without ${part}: ${lines.join('\n')}`)));
    });
  return { pid: child.pid as number, lines, line, ended, stop: (signal = 'SIGTERM') => stop(child, ended, signal) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended;
}

/** The memory of a process in bytes, now and at the most so far, as Linux tells it. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
  return { now: field('VmRSS'), most: field('VmHWM') };
}
