import { configDefaults, defineConfig } from 'vitest/config';

const endToEnd = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        // Units import the packages by name and get the sources that tsconfig.base.json names.
        resolve: { tsconfigPaths: true },
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        // These import what was built, as a user would.
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts', 'docs/guide/samples/*.test.ts'],
          exclude: [...configDefaults.exclude, 'e2e/**/*.all.test.ts'],
          ...endToEnd,
        },
      },
      {
        // The long ones: `npm run test:all`.
        test: { name: 'e2e-all', include: ['e2e/**/*.all.test.ts'], ...endToEnd },
      },
    ],
  },
});
