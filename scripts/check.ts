// Holds the house rules: `npm run check`. One line a check, the whole output of one that fails.
import { buildPackages } from './build/build-packages.ts';
import { runChecks } from './check/run-checks.ts';
import { formatCounts, none, one } from './test/counts.ts';

const counts = await buildPackages().then(
  async () => ({ ...none, ...(await runChecks()) }),
  (error: unknown) => {
    console.error(`build failed: ${error instanceof Error ? error.message : String(error)}`);
    return one(false);
  },
);
console.log(formatCounts(counts));
process.exit(counts.failed > 0 ? 1 : 0);
