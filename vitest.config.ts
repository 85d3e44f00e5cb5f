import { readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

const endToEnd = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

/** These need the machine's cores and nothing else of it: they run beside those that drive browsers and wait for lines. */
const computing = ['e2e/conformance', 'e2e/fuzz'];
const long = '**/*.all.test.ts';

/** These watch the processor time of their process, which has to be theirs alone. */
const alone = ['packages/node/src/on-wake.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        // Units import the packages by name and get the sources that tsconfig.base.json names, those of the playground too.
        resolve: { alias: sources() },
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'docs/playground/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          testTimeout: 60_000,
          // One after the other in the same place: to load the packages anew for each file took longer than the tests.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        resolve: { alias: sources() },
        test: { name: 'unit-alone', include: alone, testTimeout: 60_000 },
      },
      {
        // These import what was built, as a user would.
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts', 'docs/guide/samples/*.test.ts'],
          exclude: [...configDefaults.exclude, long, ...computing.map((folder) => `${folder}/**`)],
          ...endToEnd,
        },
      },
      {
        test: {
          name: 'e2e-computing',
          include: computing.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [...configDefaults.exclude, long],
          ...endToEnd,
        },
      },
      {
        // The long ones: `npm run test:all`.
        test: {
          name: 'e2e-all',
          include: ['e2e/**/*.all.test.ts'],
          exclude: [...configDefaults.exclude, ...computing.map((folder) => `${folder}/**`)],
          ...endToEnd,
        },
      },
      {
        test: {
          name: 'e2e-all-computing',
          include: computing.map((folder) => `${folder}/**/*.all.test.ts`),
          ...endToEnd,
        },
      },
    ],
  },
});

function sources(): { find: RegExp; replacement: string }[] {
  const { paths } = JSON.parse(readFileSync(new URL('tsconfig.base.json', import.meta.url), 'utf8')).compilerOptions;
  return Object.entries(paths as Record<string, [string]>).map(([name, [file]]) => ({
    find: new RegExp(`^${name}$`),
    replacement: new URL(file, import.meta.url).pathname,
  }));
}
