import { readFileSync } from 'node:fs';
import { defineConfig, type RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

interface Manifest {
  name: string;
  exports: Record<string, unknown>;
}

/** The entries of each package: `src/<entry>.ts` becomes `dist/<entry>.{js,cjs,d.ts,d.cts}`. */
const entries: Record<string, { code: string[]; types: string[] }> = {
  core: { code: ['index', 'adapter', 'testing'], types: ['index', 'adapter', 'testing'] },
  node: { code: ['index'], types: ['index'] },
  web: { code: ['index'], types: ['index'] },
  holdfast: { code: ['node', 'web'], types: ['index'] },
};

/** What a user's package manager brings, and what the platform has, stays an import. */
const external = [/^node:/, /^@holdfast\//];

function packageBuild(folder: string): RollupOptions[] {
  const root = `packages/${folder}`;
  const input = (names: string[]) => Object.fromEntries(names.map((name) => [name, `${root}/src/${name}.ts`]));
  const { code, types } = entries[folder]!;
  const common = { dir: `${root}/dist`, preserveModules: true, preserveModulesRoot: `${root}/src` };
  return [
    {
      input: input(code),
      external,
      plugins: [esbuild({ target: 'es2022', tsconfig: `${root}/tsconfig.json` })],
      // One module a source file: a bundler that tree-shakes by module drops what an app does not use.
      output: [
        { ...common, format: 'esm', sourcemap: true, entryFileNames: '[name].js' },
        { ...common, format: 'cjs', sourcemap: true, entryFileNames: '[name].cjs', exports: 'named' },
      ],
    },
    {
      input: input(types),
      external,
      plugins: [dts({ tsconfig: `${root}/tsconfig.json` })],
      output: [
        { dir: `${root}/dist`, format: 'esm', entryFileNames: '[name].d.ts', chunkFileNames: 'types-[name].d.ts' },
        { dir: `${root}/dist`, format: 'esm', entryFileNames: '[name].d.cts', chunkFileNames: 'types-[name].d.cts' },
      ],
    },
  ];
}

export default defineConfig(Object.keys(entries).flatMap(packageBuild));
