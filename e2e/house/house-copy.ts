import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { house } from '../../scripts/house.ts';

/** What the house checks read, besides the packages. */
const configs = ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs', '.oxlintrc.json', '.size-limit.cjs'];
const pages = ['docs/rfc-map.md', 'docs/architecture.md', 'docs/public/architecture.svg'];

/** Runs `work` with a copy of the packages, built as they are, and of what else the checks read; removes it after. */
export async function inHouseCopy<T>(work: (copy: string) => Promise<T>): Promise<T> {
  // The tools answer with real paths, and the temporary folder of some systems is a link.
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-house-')));
  try {
    for (const file of [...configs, ...pages]) cpSync(join(house, file), join(copy, file));
    cpSync(join(house, 'packages'), join(copy, 'packages'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isWhole,
    });
    symlinkSync(join(house, 'node_modules'), join(copy, 'node_modules'));
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Another process may be building: what is not finished comes and goes. */
function isWhole(path: string): boolean {
  return !['dist-next', 'dist-last'].includes(basename(path));
}
