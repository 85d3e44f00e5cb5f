import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Consumer, makeConsumer } from './consumer.ts';

const compilers = {
  'TypeScript 7': fileURLToPath(new URL('../../node_modules/@typescript/native/bin/tsc', import.meta.url)),
  'TypeScript 6': fileURLToPath(new URL('../../node_modules/typescript/lib/tsc.js', import.meta.url)),
};

const resolutions = [
  { file: 'service.mts', module: 'node16', moduleResolution: 'node16' },
  { file: 'service.cts', module: 'node16', moduleResolution: 'node16' },
  { file: 'service.ts', module: 'preserve', moduleResolution: 'bundler' },
];
const libraries = { 'no DOM': ['ES2022', 'ESNext.Disposable'], 'the DOM': ['ES2022', 'ESNext.Disposable', 'DOM'] };

const rows = Object.keys(compilers).flatMap((compiler) =>
  resolutions.flatMap((resolution) =>
    Object.entries(libraries).map(([libraryName, lib]) => ({ compiler, libraryName, lib, ...resolution })),
  ),
);

const strict = {
  target: 'ES2022',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

/** Our declarations need no type package, no DOM, and no `skipLibCheck`. */
describe('a TypeScript project', () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await makeConsumer('typed');
    await copyFile(join(consumer.folder, 'service.ts'), join(consumer.folder, 'service.mts'));
    await copyFile(join(consumer.folder, 'service.ts'), join(consumer.folder, 'service.cts'));
  });
  afterAll(() => consumer?.remove());

  test.each(rows)('$compiler reads $file with $moduleResolution and $libraryName', async (row) => {
    const { compiler, file, lib, module, moduleResolution } = row;
    const compilerOptions = {
      ...strict,
      module,
      moduleResolution,
      lib,
    };
    const config = join(consumer.folder, 'tsconfig.json');
    await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }));
    await consumer.run(process.execPath, compilers[compiler as keyof typeof compilers], '-p', config);
  });
});
