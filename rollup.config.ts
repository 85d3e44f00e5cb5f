import { defineConfig, type Plugin, type RollupOptions } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

/** The entries of each package: `src/<entry>.ts` becomes `dist/<entry>.{js,cjs,d.ts,d.cts}`. */
const entries = {
  core: {
    code: ['index', 'adapter', 'codec', 'delivery', 'files', 'rpc', 'testing'],
    types: ['index', 'adapter', 'codec', 'delivery', 'files', 'rpc', 'testing'],
  },
  node: {
    code: ['index', 'adapter', 'delivery', 'files', 'server'],
    types: ['index', 'adapter', 'delivery', 'files', 'server'],
  },
  web: { code: ['index', 'delivery', 'files'], types: ['index', 'delivery', 'files'] },
  holdfast: {
    code: ['node', 'web', 'codec', 'node-delivery', 'web-delivery', 'node-files', 'web-files', 'rpc', 'testing'],
    types: ['index', 'codec', 'delivery', 'node-files', 'web-files', 'rpc', 'testing'],
  },
  otel: { code: ['index'], types: ['index'] },
};

/** What a user's package manager brings, and what the platform has, stays an import. */
const external = [/^node:/, /^@holdfast\//, /^@opentelemetry\//];

/** Names the library that declares `Symbol.asyncDispose`, so that a user's `lib` of ES2022 is enough. */
const referenceDisposable: Plugin = {
  name: 'reference-disposable',
  renderChunk: (code) =>
    code.includes('Symbol.asyncDispose') ? `/// <reference lib="esnext.disposable" />\n${code}` : null,
};

/**
 * Names the Web Streams and AbortSignal where a user's `lib` has none. Where it has them, these merge with them and add nothing; they need
 * the same type parameters for that.
 */
const declarePlatform: Plugin = {
  name: 'declare-platform',
  renderChunk: (code) =>
    /\b(Readable|Writable)Stream<|\bAbortSignal\b/.test(code) ? `${code}\n${declarations}\n` : null,
};

const declarations = `declare global {
  interface ReadableStream<R = any> {}
  interface WritableStream<W = any> {}
  interface AbortSignal {}
}`;

function packageBuild(folder: string, { code, types }: { code: string[]; types: string[] }): RollupOptions[] {
  const root = `packages/${folder}`;
  const dir = `${root}/dist`;
  const input = (names: string[]) => Object.fromEntries(names.map((name) => [name, `${root}/src/${name}.ts`]));
  // One module a source file: a bundler that tree-shakes by module drops what an app does not use.
  const modules = { dir, preserveModules: true, preserveModulesRoot: `${root}/src`, sourcemap: true };
  return [
    {
      input: input(code),
      external,
      plugins: [esbuild({ target: 'es2022', tsconfig: `${root}/tsconfig.json` })],
      output: [
        { ...modules, format: 'esm', entryFileNames: '[name].js' },
        { ...modules, format: 'cjs', entryFileNames: '[name].cjs', exports: 'named' },
      ],
    },
    {
      input: input(types),
      external,
      plugins: [dts({ tsconfig: `${root}/tsconfig.json` }), referenceDisposable, declarePlatform],
      output: [
        { dir, format: 'esm', entryFileNames: '[name].d.ts', chunkFileNames: 'types-[name].d.ts' },
        { dir, format: 'esm', entryFileNames: '[name].d.cts', chunkFileNames: 'types-[name].d.cts' },
      ],
    },
  ];
}

/** The terminal tool: one file of its own, which no import of the library loads. */
const toolBuild: RollupOptions = {
  input: 'packages/holdfast/src/tool.ts',
  external,
  plugins: [esbuild({ target: 'es2022', tsconfig: 'packages/holdfast/tsconfig.json' })],
  output: [{ dir: 'packages/holdfast/dist', entryFileNames: 'tool.js', format: 'esm', banner: '#!/usr/bin/env node' }],
};

export default defineConfig([
  ...Object.entries(entries).flatMap(([folder, names]) => packageBuild(folder, names)),
  toolBuild,
]);
