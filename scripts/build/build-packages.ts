import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type OutputOptions, type RollupLog, type RollupOptions, rollup } from 'rollup';
import config from '../../rollup.config.ts';
import { house, packageFolders } from '../house.ts';
import { withLock } from './lock.ts';
import { isBuilt, sourceHash, stampFile } from './stamp.ts';

/** Brings `dist` of every package up to date with its sources, and answers whether there was anything to do. */
export async function buildPackages({ force = false } = {}): Promise<'built' | 'fresh'> {
  return withLock(join(house, '.cache/build.lock'), async () => {
    if (!force && isBuilt(house)) return 'fresh';
    // The config names its files from the root of the workspace.
    process.chdir(house);
    const hash = sourceHash(house);
    packageFolders.forEach((folder) => remove(nextDist(folder)));
    for (const build of config) await buildBeside(build);
    packageFolders.forEach(swap);
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, hash);
    return 'built';
  });
}

/** Builds into `dist-next`, so that whoever reads `dist` meanwhile finds it whole. */
async function buildBeside(build: RollupOptions): Promise<void> {
  const warnings: RollupLog[] = [];
  const bundle = await rollup({ ...build, onwarn: (log) => warnings.push(log) });
  for (const output of build.output as OutputOptions[]) {
    await bundle.write({ ...output, dir: output.dir!.replace(/dist$/, 'dist-next') });
  }
  await bundle.close();
  const faults = warnings.filter(isFault);
  if (faults.length > 0) throw new Error(faults.map((log) => log.message).join('\n'));
}

/** A source file that holds only types becomes an empty module: the one thing that rollup may remark. */
function isFault(log: RollupLog): boolean {
  return log.code !== 'EMPTY_BUNDLE';
}

function swap(folder: string): void {
  const dist = `packages/${folder}/dist`;
  const last = `packages/${folder}/dist-last`;
  remove(last);
  try {
    renameSync(dist, last);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(nextDist(folder), dist);
  remove(last);
}

function nextDist(folder: string): string {
  return `packages/${folder}/dist-next`;
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
