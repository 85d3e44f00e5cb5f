import { join } from 'node:path';
import { build } from 'esbuild';
import type { Check } from './check.ts';

/** The wire half, and what an app pays for only where it imports it. */
const strangers = /^packages\/core\/dist\/((bytes|frame|message|protocol)\/|(codec|delivery|rpc|files)(\/|\.js$))/;

/** A bundler that builds for the browser takes no file of the wire half or of an opt-in, from either name; reads `dist`. */
export const webBundle: Check = {
  name: 'web bundle',
  run: async (root) => {
    const entries = ['packages/web/dist/index.js', 'packages/holdfast/dist/web.js'];
    const faults = await Promise.all(entries.map((entry) => strangersIn(root, entry)));
    return faults.flat().join('\n') || undefined;
  },
};

async function strangersIn(root: string, entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents: `export { connect } from './${entry}';`, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    outfile: join(root, 'bundle.js'),
    // As in an app, which has none of our paths to sources.
    tsconfigRaw: {},
  });
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output!.inputs)
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && strangers.test(file))
    .map(([file, { bytesInOutput }]) => `${entry}: brings ${bytesInOutput} bytes of ${file}`);
}
