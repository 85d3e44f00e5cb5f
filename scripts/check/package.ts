import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { house, packageFolders } from '../house.ts';
import { runTool } from '../run-tool.ts';
import { filesBelow } from '../source-files.ts';
import type { Check } from './check.ts';

/** Every package, packed as for a registry: its manifest, files and types are right for ESM and CommonJS; reads `dist`. */
export const packages: readonly Check[] = packageFolders.map((folder) => ({
  name: `package: ${folder}`,
  run: async (root) => {
    const place = mkdtempSync(join(tmpdir(), 'holdfast-pack-'));
    try {
      return await faultsOf(root, folder, place);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
}));

async function faultsOf(root: string, folder: string, place: string): Promise<string | undefined> {
  const home = join(root, 'packages', folder);
  const packed = await runTool(home, process.execPath, [
    join(house, 'scripts/pnpm.mjs'),
    'pack',
    '--pack-destination',
    place,
  ]);
  const [tarball] = filesBelow(place, '.').filter((file) => file.endsWith('.tgz'));
  if (packed.status !== 0 || !tarball) return packed.output;

  const runs = await Promise.all([
    runTool(root, 'publint', ['run', join(place, tarball), '--strict']),
    runTool(root, 'attw', [join(place, tarball), '--profile', 'node16', '--no-definitely-typed', '--no-emoji']),
    missingIn(root, join(place, tarball)),
  ]);
  const faults = runs.filter(({ status }) => status !== 0);
  return faults.length > 0 ? faults.map(({ output }) => output).join('\n') : undefined;
}

/** A tarball says what it is and under which license. */
async function missingIn(root: string, tarball: string): Promise<{ status: number; output: string }> {
  const { stdout } = await runTool(root, 'tar', ['-tzf', tarball]);
  const missing = ['package/README.md', 'package/LICENSE'].filter((file) => !stdout.split('\n').includes(file));
  return { status: missing.length, output: `not in the tarball: ${missing.join(', ')}` };
}
