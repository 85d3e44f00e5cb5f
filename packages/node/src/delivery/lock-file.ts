import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import process from 'node:process';
import { HoldfastError } from '@holdfast/core/adapter';

/** Who makes a lock writes his name into it at once: one that is empty for longer was left so by the end of its maker. */
const namelessMs = 5_000;

/** The locks of this process, where its name alone does not tell them from those of one before it with the same number. */
const ours = new Set<string>();
let takenOver = 0;

/**
 * Takes a file for this process, by a file beside it that names the process: answers what lets it go. A lock whose process
 * is gone is taken over. Throws `store-failed` where another process, or another store of this one, has it.
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  if (ours.has(lock)) throw taken(path, 'another store of this process');
  for (;;) {
    try {
      create(lock);
      break;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
    const holder = read(lock);
    if (holder !== undefined && isAlive(holder, lock))
      throw taken(path, `process ${holder.split(' ')[0] || 'unknown'}`);
    if (holder !== undefined) removeStale(lock, holder);
  }
  ours.add(lock);
  return () => {
    if (!ours.delete(lock)) return;
    if (read(lock) === nameOf(process.pid)) rmSync(lock, { force: true });
  };
}

function taken(path: string, holder: string): HoldfastError {
  return new HoldfastError('store-failed', `${path}: ${holder} has it`);
}

function create(lock: string): void {
  const file = openSync(lock, 'wx', 0o600);
  try {
    writeSync(file, nameOf(process.pid));
  } finally {
    closeSync(file);
  }
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    // Let go of meanwhile.
    return undefined;
  }
}

/** A process by its number, and where the system tells it, by when it began: numbers are used again. */
function nameOf(pid: number): string {
  try {
    // The name of the program stands in parentheses and may hold anything; the 20th field behind it is the time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    return `${pid} ${fields[19]}`;
  } catch {
    return `${pid}`;
  }
}

function isAlive(holder: string, lock: string): boolean {
  const pid = Number(holder.split(' ')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return Date.now() - statSync(lock).mtimeMs < namelessMs;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    // EPERM: it is there, and not ours.
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const name = nameOf(pid);
  if (name.includes(' ') && holder.includes(' ')) return name === holder;
  // Our own number, and not our lock: it was that of a process before us, as in a container that began again.
  return pid !== process.pid;
}

/** Of two that find the same lock stale, the second may move away the fresh one of the first, and then puts it back. */
function removeStale(lock: string, holder: string): void {
  const aside = `${lock}.${process.pid}.${++takenOver}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (read(aside) === holder) unlinkSync(aside);
  else renameSync(aside, lock);
}
