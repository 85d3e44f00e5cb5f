// The test command: `npm test`, and with --all the long suites: `npm run test:all`.
import { findChromium } from '../e2e/browser/chromium.ts';
import { findFirefox } from '../e2e/browser/firefox.ts';
import { findWebkit } from '../e2e/browser/find-webkit.ts';
import { buildPackages } from './build/build-packages.ts';
import { runChecks } from './check/run-checks.ts';
import { buildSite } from './start/build-site.ts';
import { formatCounts, none, one, sum } from './test/counts.ts';
import { runVitest } from './test/run-vitest.ts';
import { formatFailures, formatResults, runSteps, type Step } from './test/step.ts';

const build: Step = {
  name: 'build',
  isVital: true,
  run: async () => {
    console.log(await buildPackages());
    return one(true);
  },
};

const site: Step = {
  name: 'docs',
  run: async () => {
    console.log(await buildSite());
    return one(true);
  },
};

/** Only its failure counts: having a browser is no test. */
const browsers = (...finders: (() => Promise<string>)[]): Step => ({
  name: 'browsers',
  run: async () => {
    for (const find of finders) console.log(await find());
    return none;
  },
});

const vitest = (project: string, beside?: string): Step => ({ name: project, run: () => runVitest(project, beside) });

const checks: Step = { name: 'checks', run: async () => ({ ...none, ...(await runChecks()) }) };

const isLong = process.argv.includes('--all');
const results = await runSteps(
  isLong
    ? [build, site, browsers(findChromium, findFirefox, findWebkit), vitest('e2e-all', 'e2e-all-computing')]
    : [build, checks, vitest('unit', 'unit-alone'), site, browsers(findChromium), vitest('e2e', 'e2e-computing')],
);
const total = sum(results.map(({ counts }) => counts));
console.log(`${formatFailures(results)}\n${formatResults(results)}\n\n${formatCounts(total)}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
