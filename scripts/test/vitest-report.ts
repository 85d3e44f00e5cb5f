import { type Counts, one, sum } from './counts.ts';

/** The part of vitest's JSON report that the counts are taken from. */
export interface VitestReport {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
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
