import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder as paths relative to `root`, sorted, with `/` on every platform; none if it is absent. */
export function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
    .sort();
}

/** Whether a path is of tests: a `.test.ts` that runs, a `.test-d.ts` that only compiles, what only they import. */
export function isTest(path: string): boolean {
  return /\.test(-d|-helper)?\.ts$/.test(path);
}
