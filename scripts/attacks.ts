// The attack rows: `npm run attacks` runs their tests. With --remove-guards it takes out the guard of each row in turn, of
// all or of those whose identifiers follow, and shows the row's test fail. With --write it writes the table of the page.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attackPage, pageFile } from './attacks/page.ts';
import { jobsOf, removeGuards, type Verdict } from './attacks/remove-guards.ts';
import { buildPackages } from './build/build-packages.ts';
import { house } from './house.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'remove-guards': { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});

if (values.write) writePage();
else await (values['remove-guards'] ? showGuards() : runTests());

function writePage(): void {
  const file = join(house, pageFile);
  writeFileSync(file, attackPage(readFileSync(file, 'utf8')));
  console.log(`wrote ${pageFile}`);
}

async function showGuards(): Promise<void> {
  await buildPackages();
  const verdicts = await removeGuards(jobsOf(positionals), (verdict) => console.log(line(verdict)));
  const survived = verdicts.filter(({ fault }) => fault !== undefined).length;
  const failed = verdicts.length - survived;
  console.log(`${verdicts.length} guards removed, ${failed} tests failed as they must, ${survived} survived`);
  process.exitCode = survived > 0 || verdicts.length === 0 ? 1 : 0;
}

function line({ row, fault }: Verdict): string {
  const removed = `${row.id} guard removed in ${row.guard.file}`;
  return fault === undefined ? `${removed}: test failed as it must` : `${removed}: SURVIVED, ${fault}`;
}

async function runTests(): Promise<void> {
  await buildPackages();
  const vitest = join(house, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', 'e2e', 'e2e/attacks', ...positionals];
  process.exitCode = spawnSync(process.execPath, args, { cwd: house, stdio: 'inherit' }).status ?? 1;
}
