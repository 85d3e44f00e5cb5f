import { mkdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * A thread's entry with its targets as one file, whose path it answers. The packages are their sources, by the `paths`
 * of this folder's tsconfig: the fuzz reaches into files that no entry exports, and there is one HoldfastError.
 */
export async function bundleThread(entry: URL): Promise<string> {
  const folder = here('../../../.cache/fuzz');
  mkdirSync(folder, { recursive: true });
  const entryPoint = fileURLToPath(entry);
  const outfile = `${folder}/${basename(entryPoint, '.ts')}-${process.pid}.cjs`;
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    sourcemap: 'inline',
    tsconfig: here('../../tsconfig.json'),
    // What ws would take if it were there.
    external: ['bufferutil', 'utf-8-validate'],
    logLevel: 'warning',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  return outfile;
}
