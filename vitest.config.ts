import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Units import the packages by name and get the sources that tsconfig.base.json names.
  test: {
    projects: [
      {
        resolve: { tsconfigPaths: true },
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] },
      },
      {
        // These import what was built, as a user would.
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
