// Holds the house rules: `npm run check`. One line a check, the whole output of one that fails.
import { buildPackages } from './build/build-packages.ts';
import { runChecks } from './check/run-checks.ts';

await buildPackages();
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
