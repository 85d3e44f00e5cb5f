import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const common: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // Without the workspace's `paths`, the packages are what was built.
  tsconfigRaw: {},
  logLevel: 'warning',
};

/** The rows and all they import as one module for a page. */
export async function bundleForPage(): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [here('./page-entry.ts')],
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]!.text;
}

/** The rows as one file for a Node, which finds `@holdfast/node` by itself; answers the file's path. */
export async function bundleForProcess(): Promise<string> {
  const outfile = here('../.artifacts/web-socket-rows.mjs');
  await build({
    ...common,
    entryPoints: [here('./process-entry.ts')],
    platform: 'node',
    packages: 'external',
    outfile,
  });
  return outfile;
}
