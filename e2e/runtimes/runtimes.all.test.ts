import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { type ControlServer, startControlServer } from '../servers/control-server.ts';
import { type CheckProject, makeCheckProject } from './project.ts';
import { pagePath, renderPage } from './render-page.ts';
import { asked, failuresIn, type Report } from './report.ts';
import { runChecks, runLimitMs } from './run-checks.ts';
import { runtimes } from './runtimes.ts';

const groups = [...new Map(asked.map(({ suite, group }) => [`${suite} ${group}`, { suite, group }])).values()];
const reports: Report[] = [];
let project: CheckProject;
let control: ControlServer;
beforeAll(async () => {
  project = await makeCheckProject();
  control = await startControlServer();
});
afterAll(async () => {
  await control?.close();
  await project?.remove();
});

describe.each(runtimes)('$name', (runtime) => {
  let report: Report;
  // Its package may have to come first.
  beforeAll(async () => {
    report = await runChecks(runtime, project, control.url);
    reports.push(report);
  }, 2 * runLimitMs);

  test.each(groups)('$suite: $group', ({ suite, group }) => {
    const results = report.results.filter((result) => result.suite === suite && result.group === group);
    expect(results.length).toBeGreaterThan(0);
    expect(failuresIn(results)).toEqual([]);
  });
});

test('the page in docs is what this run gave; `npm run runtimes -- --write` writes it', () => {
  expect(readFileSync(`${house}/${pagePath}`, 'utf8')).toBe(renderPage(reports));
});
