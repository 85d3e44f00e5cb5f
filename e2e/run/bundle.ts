import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const common: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  sourcemap: 'inline',
  // Without the workspace's `paths`, the packages are what was built, found as a user's tools find them.
  tsconfigRaw: {},
  logLevel: 'warning',
};

/** The scenarios and all they import as one module for a page; `holdfast` is its web build. */
export async function bundleForPage(): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [here('./page-entry.ts')],
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]!.text;
}

/** The scenarios as one file for this Node, which finds `holdfast` by itself; answers the file's path. */
export async function bundleForProcess(): Promise<string> {
  const outfile = here('../.artifacts/scenarios.mjs');
  await build({
    ...common,
    entryPoints: [here('./process-entry.ts')],
    platform: 'node',
    packages: 'external',
    outfile,
  });
  return outfile;
}

/** A module with all that it imports but our packages, as one file that any server runtime runs in a project of ours. */
export async function bundleForProject(entry: string, outfile: string): Promise<void> {
  await build({
    ...common,
    entryPoints: [entry],
    platform: 'node',
    external: ['holdfast', '@holdfast/*'],
    outfile,
  });
}
