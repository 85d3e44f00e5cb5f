import { link, open, rename, unlink } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { HoldfastError } from '@holdfast/core/adapter';

/** What becomes of a file that has the name of another. */
export type Existing = 'refuse' | 'rename' | 'overwrite';

/** How many names are tried for one file. */
const maxNames = 1000;

/**
 * Gives a whole file its name in a folder, at one stroke, and answers that name; `note` is told each name before it is tried.
 * Rejects with `file-exists` where the name is taken.
 */
export async function place(
  part: string,
  folder: string,
  name: string,
  existing: Existing,
  note: (name: string) => Promise<void>,
): Promise<string> {
  if (existing === 'overwrite') {
    await note(name);
    await rename(part, join(folder, name));
    return name;
  }
  for (let count = 1; count <= (existing === 'rename' ? maxNames : 1); count++) {
    const { name: stem, ext } = parse(name);
    const candidate = count === 1 ? name : `${stem} (${count})${ext}`;
    await note(candidate);
    if (await moveToNew(part, join(folder, candidate))) return candidate;
  }
  throw new HoldfastError('file-exists', name);
}

/** Moves a file to a path where nothing is, or answers `false`. */
async function moveToNew(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    await unlink(part);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENAMETOOLONG') throw error;
  }
  // A file system without hard links: an empty file keeps the name meanwhile.
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await rename(part, path);
  return true;
}

/** Forces to the disk what a folder says of its files, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folders; its file system keeps a journal of names.
  }
}
