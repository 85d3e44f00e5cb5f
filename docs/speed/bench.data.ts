import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from '../../e2e/bench/result.ts';

declare const data: BenchResult;
export { data };

const file = fileURLToPath(new URL('../public/bench.json', import.meta.url));

/** What one run of `npm run bench -- --json docs/public/bench.json` found: every figure on the page is of it. */
export default {
  watch: ['../public/bench.json'],
  load: (): BenchResult => JSON.parse(readFileSync(file, 'utf8')) as BenchResult,
};
