import { expect, test } from 'vitest';
import { formatCounts, sum } from '../../scripts/test/counts.ts';
import { countTests, describeFailures } from '../../scripts/test/vitest-report.ts';

const passed = { status: 'passed', fullName: 'a test', failureMessages: [] };
const failed = { ...passed, status: 'failed', failureMessages: ['expected 1 to be 2'] };
const pending = { ...passed, status: 'pending' };
const todo = { ...passed, status: 'todo' };
const file = { name: 'a.test.ts', message: 'no such module' };

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
  const testResults = files.map((results) => ({ ...file, ...results }));
  expect(formatCounts(countTests({ testResults }))).toBe(line);
});

test('the closing line adds up the steps', () => {
  const steps = [
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 1, failed: 2, skipped: 0 },
  ];
  expect(formatCounts(sum(steps))).toBe('4 passed, 2 failed');
});

test('what failed is said again at the end: each test, and a file that did not load', () => {
  const testResults = [
    { ...file, status: 'failed', assertionResults: [passed, failed] },
    { ...file, name: 'b.test.ts', status: 'failed', assertionResults: [] },
    { ...file, status: 'passed', assertionResults: [passed] },
  ];
  expect(describeFailures({ testResults })).toEqual([
    'a.test.ts: a test\nexpected 1 to be 2',
    'b.test.ts\nno such module',
  ]);
});
