import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../run/outcome.ts';
import { type Check, checks, type Suite } from './checks.ts';
import { differenceIn } from './differences.ts';
import type { Runtime } from './runtimes.ts';

const folder = fileURLToPath(new URL('../.artifacts/runtimes/', import.meta.url));

/** One check on one runtime. */
export interface Result extends Omit<Check, 'run'>, Outcome {
  /** It ended with the error of a known difference, as it has to. */
  readonly differs: boolean;
}

/** A run on one runtime, as it is kept in JSON. */
export interface Report extends Pick<Runtime, 'name' | 'version'> {
  readonly results: readonly Result[];
}

/** That nothing keeps a process alive is seen from outside of it. */
export const endCheck: Omit<Check, 'run'> = {
  suite: 'parts',
  group: 'process',
  name: 'a process ends by itself when its clients and servers are closed',
};

/** All that is asked of a runtime. */
export const asked: readonly Omit<Check, 'run'>[] = [...checks, endCheck];

/** A check with how it ended. */
export function resultOf(runtime: string, { suite, group, name }: Omit<Check, 'run'>, outcome: Outcome): Result {
  return { suite, group, name, ...outcome, differs: outcome.ok && differenceIn(runtime, name) !== undefined };
}

/** `174 of 175` for what went as on every runtime. */
export function formatPassed({ results }: Report, suite: Suite, group?: string): string {
  const own = results.filter((result) => result.suite === suite && (group === undefined || result.group === group));
  return `${own.filter(({ ok, differs }) => ok && !differs).length} of ${own.length}`;
}

/** A line for each check that failed. */
export function failuresIn(results: readonly Result[]): string[] {
  return results.filter(({ ok }) => !ok).map(({ group, name, error }) => `${group}, ${name}: ${error}`);
}

/** Keeps a report as JSON. */
export function writeReport(report: Report): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${report.name}.json`, `${JSON.stringify(report, null, 2)}\n`);
}
