import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a breach into the tree below `root`. */
export type Plant = (root: string) => void;

/** Adds text to the end of files, and makes those that are not there. */
export function adds(files: Readonly<Record<string, string>>): Plant {
  return (root) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${text}\n`, { flag: 'a' });
    }
  };
}

/** Replaces a text in a file; throws when the file does not have it. */
export function replaces(file: string, from: string, to: string): Plant {
  return (root) => {
    const text = readFileSync(join(root, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(join(root, file), text.replace(from, to));
  };
}
