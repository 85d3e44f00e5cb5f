import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { house } from '../house.ts';
import { type Counts, one, sum } from './counts.ts';
import type { Outcome } from './step.ts';
import { countTests, describeFailures, type VitestReport } from './vitest-report.ts';

/**
 * Runs a project of vitest.config.ts while it prints its progress, and at the same time another one, which prints when the
 * first is through; counts their tests from their own reports.
 */
export async function runVitest(project: string, beside?: string): Promise<Outcome> {
  const runs = [run(project, 'inherit'), ...(beside === undefined ? [] : [run(beside, 'pipe')])];
  const counts: Counts[] = [];
  const failures: string[] = [];
  for (const next of runs) {
    const { printed, counts: its, failures: named } = await next;
    process.stdout.write(printed);
    counts.push(its);
    failures.push(...named);
  }
  return { ...sum(counts), failures };
}

interface Run {
  readonly counts: Counts;
  readonly failures: readonly string[];
  readonly printed: string;
}

async function run(project: string, output: 'inherit' | 'pipe'): Promise<Run> {
  const report = join(house, `.cache/vitest-${project}.json`);
  rmSync(report, { force: true });
  const vitest = join(house, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', '--project', project, ...reporters], {
    cwd: house,
    stdio: ['ignore', output, output],
  });
  const printed = collect(child);
  const [status] = (await once(child, 'close')) as [number | null];
  if (!existsSync(report)) {
    return { counts: one(false), failures: [`${project}: no report, exit status ${status}`], printed: printed() };
  }

  const results = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  const counts = countTests(results);
  const failures = describeFailures(results);
  // An error outside of every test fails the run and none of the tests.
  if (status === 0 || counts.failed > 0) return { counts, failures, printed: printed() };
  const oddity = `${project}: exit status ${status} without a failed test`;
  return { counts: sum([counts, one(false)]), failures: [oddity], printed: printed() };
}

/** What a process prints where that is not passed on. */
function collect({ stdout, stderr }: ChildProcess): () => string {
  let printed = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (printed += String(chunk)));
  return () => printed;
}
