import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
const waitMs = 120_000;

/** Runs `work` while no other process runs work under the same lock file; a dead owner's lock is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadlineMs = Date.now() + waitMs;
  while (!take(file)) {
    if (Date.now() > deadlineMs) throw new Error(`${file} was held for ${waitMs} ms by process ${ownerOf(file)}`);
    await sleep(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) rmSync(file, { force: true });
    return false;
  }
}

/** The process that holds the lock, or undefined in the moments before it is written and after it is gone. */
function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM tells of a living process of somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
