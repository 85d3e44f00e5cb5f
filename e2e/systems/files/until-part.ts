import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a part of this folder has so many bytes. */
export async function untilPart(inbox: string, bytes: number): Promise<void> {
  const parts = join(inbox, '.holdfast-parts');
  while (!(await sizes(parts)).some((size) => size >= bytes)) await sleep(5);
}

async function sizes(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((name) => name.endsWith('.part'));
  return Promise.all(found.map(async (name) => (await stat(join(folder, name)).catch(() => ({ size: 0 }))).size));
}
