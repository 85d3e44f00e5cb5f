import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isPartOpen } from './open-part.ts';

/** When each folder was swept last, in ms of the day's clock. */
const swept = new Map<string, number>();

const everyMs = 3_600_000;

/** Removes the parts, and the notes of arrived files, that nobody has come back for in so long. Once an hour at most. */
export async function sweep(folder: string, keepMs: number): Promise<void> {
  const nowMs = Date.now();
  if (nowMs - (swept.get(folder) ?? -Infinity) < everyMs) return;
  swept.set(folder, nowMs);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!/^[0-9a-f]{40}\.(part|done)$/.test(name) || isPartOpen(path)) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs <= keepMs) continue;
    // A note without its part says that the file has arrived.
    await unlink(path.replace(/part$/, 'done')).catch(() => {});
    await unlink(path).catch(() => {});
  }
}
