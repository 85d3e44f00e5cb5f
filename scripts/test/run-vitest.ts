import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { house } from '../house.ts';
import { type Counts, one, sum } from './counts.ts';
import { countTests } from './vitest-report.ts';

/** Runs a project of vitest.config.ts while it prints its progress, and counts its tests from its own report. */
export function runVitest(project: string): Counts {
  const report = join(house, `.cache/vitest-${project}.json`);
  rmSync(report, { force: true });
  const vitest = join(house, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', project, ...reporters], {
    cwd: house,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (!existsSync(report)) return one(false);

  const counts = countTests(JSON.parse(readFileSync(report, 'utf8')));
  // An error outside of every test fails the run and none of the tests.
  return status !== 0 && counts.failed === 0 ? sum([counts, one(false)]) : counts;
}
