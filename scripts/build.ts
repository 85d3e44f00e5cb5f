// Builds the packages: `npm run build`. With --force also when nothing has changed.
import { buildPackages } from './build/build-packages.ts';

const startedMs = performance.now();
try {
  const outcome = await buildPackages({ force: process.argv.includes('--force') });
  console.log(outcome === 'built' ? `built in ${Math.round(performance.now() - startedMs)} ms` : 'up to date');
} catch (error) {
  console.error(error instanceof Error ? `build failed: ${error.message}` : error);
  process.exit(1);
}
