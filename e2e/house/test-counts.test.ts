import { expect, test } from 'vitest';
import { formatCounts, sum } from '../../scripts/test/counts.ts';
import { countTests } from '../../scripts/test/vitest-report.ts';

const passed = { status: 'passed' };
const failed = { status: 'failed' };
const pending = { status: 'pending' };
const todo = { status: 'todo' };

test.for([
  {
    name: 'tests that passed',
    files: [{ status: 'passed', assertionResults: [passed, passed] }],
    line: '2 passed, 0 failed',
  },
  {
    name: 'a test that failed',
    files: [{ status: 'failed', assertionResults: [passed, failed] }],
    line: '1 passed, 1 failed',
  },
  { name: 'a file that did not load', files: [{ status: 'failed', assertionResults: [] }], line: '0 passed, 1 failed' },
  {
    name: 'a hook that failed before its tests',
    files: [{ status: 'failed', assertionResults: [pending, pending] }],
    line: '0 passed, 1 failed, 2 skipped',
  },
  {
    name: 'tests that are left out',
    files: [{ status: 'passed', assertionResults: [passed, pending, todo] }],
    line: '1 passed, 0 failed, 2 skipped',
  },
  {
    name: 'several files',
    files: [
      { status: 'passed', assertionResults: [passed] },
      { status: 'failed', assertionResults: [] },
    ],
    line: '1 passed, 1 failed',
  },
  { name: 'no file', files: [], line: '0 passed, 0 failed' },
])('the test command counts $name', ({ files, line }) => {
  expect(formatCounts(countTests({ testResults: files }))).toBe(line);
});

test('the closing line adds up the steps', () => {
  const steps = [
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 1, failed: 2, skipped: 0 },
  ];
  expect(formatCounts(sum(steps))).toBe('4 passed, 2 failed');
});
