import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Guard } from '../../e2e/attacks/row.ts';
import { house } from '../house.ts';
import { withoutGuard } from './patch.ts';

/** A copy of the built packages and of the attack tests, where guards are taken out and put back. */
export class Bench {
  readonly root: string;

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-attacks-')));
    copy('packages', this.root);
    copy('e2e/attacks', this.root);
    copy('e2e/node_modules', this.root);
    copy('tsconfig.base.json', this.root);
    symlinkSync(join(house, 'node_modules'), join(this.root, 'node_modules'));
    writeFileSync(join(this.root, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(this.root, 'vitest.config.ts'), vitestConfig);
  }

  /** Does `work` while the guard is missing from the sources and from what was built of them. */
  async without<T>(guard: Guard, work: () => Promise<T>): Promise<T> {
    const source = join(this.root, guard.file);
    const built = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
    const sourceText = readFileSync(source, 'utf8');
    const builtText = readFileSync(built, 'utf8');
    const patched = withoutGuard(sourceText, guard);
    try {
      writeFileSync(source, patched);
      writeFileSync(built, await build(patched));
      return await work();
    } finally {
      writeFileSync(source, sourceText);
      writeFileSync(built, builtText);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const vitestConfig = `export default { test: { include: ['e2e/attacks/*.test.ts'], testTimeout: 60_000 } };\n`;

/** One module, as rollup makes one of each source file. */
async function build(source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'es2022', tsconfigRaw: {} });
  return code.replace(/(from\s*["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2');
}

function copy(path: string, root: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  cpSync(join(house, path), join(root, path), {
    recursive: true,
    verbatimSymlinks: true,
    // Another process may be building: what is not finished comes and goes.
    filter: (file) => !['dist-next', 'dist-last'].includes(basename(file)),
  });
}
