import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { type AttackRow, honestTestName, testName } from '../../e2e/attacks/row.ts';

/** How one test of a run came out. */
export interface TestResult {
  readonly name: string;
  readonly status: string;
  /** What it failed with, its stack included. */
  readonly failure: string;
}

/** No run takes so long, also where a guard was all that kept a loop from being endless; in ms. */
const runLimitMs = 90_000;

/** Runs the test of a row, and the honest one of its theme. */
export function runRow(root: string, theme: string, row: AttackRow): Promise<TestResult[]> {
  const names = [testName(row), honestTestName(theme)].map(escape);
  return runVitest(root, ['-t', `(${names.join('|')})$`, `e2e/attacks/${theme}.test.ts`]);
}

/** Runs all tests of the rows. */
export function runAll(root: string, themes: readonly string[]): Promise<TestResult[]> {
  return runVitest(
    root,
    themes.map((theme) => `e2e/attacks/${theme}.test.ts`),
  );
}

async function runVitest(root: string, args: readonly string[]): Promise<TestResult[]> {
  const report = join(root, 'report.json');
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporter = ['--reporter=json', `--outputFile=${report}`];
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [vitest, 'run', '--root', root, ...reporter, ...args], {
      cwd: root,
      stdio: 'ignore',
      timeout: runLimitMs,
      killSignal: 'SIGKILL',
    });
    child.on('close', () => resolve());
  });
  return existsSync(report) ? resultsOf(JSON.parse(readFileSync(report, 'utf8')) as Report) : [];
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

function resultsOf({ testResults }: Report): TestResult[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ title, status, failureMessages = [] }) => ({ name: title, status, failure: failureMessages[0] ?? '' }));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
