import { type Counts, one, sum } from './counts.ts';

/** The part of vitest's JSON report that the counts are taken from. */
export interface VitestReport {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  /** Why the file did not load. */
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

interface TestResult {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

/** Counts the tests of a report; a file that failed without a failed test, so one that did not load, counts as one. */
export function countTests(report: VitestReport): Counts {
  return sum(report.testResults.map(countFile));
}

function countFile({ status, assertionResults }: FileResult): Counts {
  const passed = assertionResults.filter((test) => test.status === 'passed').length;
  const failed = assertionResults.filter((test) => test.status === 'failed').length;
  const counts = { passed, failed, skipped: assertionResults.length - passed - failed };
  return status === 'failed' && failed === 0 ? sum([counts, one(false)]) : counts;
}

/** A paragraph for each failed test of a report: its file, its name, and the beginning of what it said. */
export function describeFailures(report: VitestReport): string[] {
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [`${file.name}\n${beginning(file.message)}`];
    return failed.map((test) => `${file.name}: ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
  });
}

const mostLines = 12;
const mostCharacters = 1500;

function beginning(text: string): string {
  return text.split('\n').slice(0, mostLines).join('\n').slice(0, mostCharacters);
}
