import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['holdfast', '@holdfast/core', '@holdfast/node', '@holdfast/otel', '@holdfast/web'];

/** Packs the packages as they would be published; answers a tarball's path for each name. */
export async function packAll(folder: string): Promise<Readonly<Record<string, string>>> {
  const args = ['scripts/pnpm.mjs', '--filter', './packages/*', 'pack', '--pack-destination', folder];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  const files = await readdir(folder);
  return Object.fromEntries(
    packages.map((name) => {
      // "@holdfast/core" is packed as "holdfast-core-0.1.0.tgz".
      const prefix = new RegExp(`^${name.replace('@', '').replace('/', '-')}-\\d`);
      const file = files.find((each) => prefix.test(each) && each.endsWith('.tgz'));
      if (!file) throw new Error(`${name} was not packed: there is ${files.join(', ')}`);
      return [name, `${folder}/${file}`];
    }),
  );
}
