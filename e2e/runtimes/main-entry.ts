import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCheckProject } from './project.ts';
import { pagePath, renderPage } from './render-page.ts';
import { failuresIn, formatPassed, type Report } from './report.ts';
import { runChecks } from './run-checks.ts';
import { runtimes } from './runtimes.ts';
import { suites } from './checks.ts';
import { startControlServer } from '../servers/control-server.ts';
import { house } from '../../scripts/house.ts';

const args = process.argv.slice(2).filter((arg) => arg !== '--');
const writes = args.includes('--write');
const names = args.filter((arg) => arg !== '--write');
if (writes && names.length > 0) throw new Error('the page is written from all runtimes: --write takes no names');

const chosen = runtimes.filter(({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)));
const project = await makeCheckProject();
const control = await startControlServer();
const reports: Report[] = [];
for (const runtime of chosen) {
  const start = performance.now();
  const report = await runChecks(runtime, project, control.url);
  reports.push(report);
  for (const failure of failuresIn(report.results)) console.log(failure);
  const passed = suites.map((suite) => `${suite} ${formatPassed(report, suite)}`).join(', ');
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${report.name.padEnd(8)} ${report.version.padEnd(8)} ${passed}, ${seconds} s`);
}
await control.close();
await project.remove();
if (writes) writeFileSync(join(house, pagePath), renderPage(reports));

const results = reports.flatMap((report) => report.results);
const failed = failuresIn(results).length;
const differing = results.filter(({ differs }) => differs).length;
console.log(`${reports.length} runtimes: ${results.length - failed} passed (${differing} differ), ${failed} failed`);
process.exit(failed > 0 || results.length === 0 ? 1 : 0);
