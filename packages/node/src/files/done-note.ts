import { open, readFile, stat, unlink, writeFile } from 'node:fs/promises';

/** What is noted of a file that has arrived. */
interface Done {
  readonly name: string;
  readonly checksum: string;
}

/** Writes down under which name a file will be, before it is there: who finds this and no part knows that it has arrived. */
export function doneNote(path: string, checksum: string, isDurable: boolean): (name: string) => Promise<void> {
  return async (name) => {
    const file = await open(`${path}.done`, 'w');
    try {
      await writeFile(file, JSON.stringify({ name, checksum } satisfies Done));
      if (isDurable) await file.sync();
    } finally {
      await file.close();
    }
  };
}

/** The note of a file that has arrived before. */
export async function readDoneNote(path: string): Promise<Done | undefined> {
  try {
    const done = JSON.parse(await readFile(`${path}.done`, 'utf8')) as Done;
    const hasPart = await stat(`${path}.part`).then(
      () => true,
      () => false,
    );
    return hasPart ? undefined : done;
  } catch {
    return undefined;
  }
}

/** Takes the note back. */
export async function removeDoneNote(path: string): Promise<void> {
  await unlink(`${path}.done`).catch(() => {});
}
