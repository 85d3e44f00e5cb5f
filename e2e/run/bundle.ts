import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const common: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  sourcemap: 'inline',
  // Without the workspace's `paths`, the packages are what was built, found as a user's tools find them.
  tsconfigRaw: {},
  logLevel: 'warning',
};

/** A module and all that it imports as one for a page; `holdfast` is its web build. */
export async function bundleForPage(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], platform: 'browser', write: false });
  return outputFiles[0]!.text;
}

/** A module as one file of this name for a Node, which finds our packages by itself; answers the file's path. */
export async function bundleForProcess(entry: string, name: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`../.artifacts/${name}`, import.meta.url));
  await build({ ...common, entryPoints: [entry], platform: 'node', packages: 'external', outfile });
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
