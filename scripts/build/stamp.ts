import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders } from '../house.ts';
import { filesBelow, isTest } from '../source-files.ts';

/** Where the hash of what was last built is kept. */
export const stampFile = '.cache/build.sha256';

/** A hash over all that the build reads: it changes exactly when a new build could differ. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256');
  const shared = ['rollup.config.ts', 'tsconfig.base.json', 'pnpm-lock.yaml'];
  for (const file of [...shared, ...packageFolders.flatMap((folder) => inputsOf(root, folder))]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether every package has a dist that was built from the sources as they are. */
export function isBuilt(root: string): boolean {
  const stamp = join(root, stampFile);
  return (
    packageFolders.every((folder) => existsSync(join(root, 'packages', folder, 'dist'))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sourceHash(root)
  );
}

function inputsOf(root: string, folder: string): string[] {
  const home = `packages/${folder}`;
  const sources = filesBelow(root, `${home}/src`).filter((file) => !isTest(file));
  return [`${home}/package.json`, `${home}/tsconfig.json`, ...sources];
}
