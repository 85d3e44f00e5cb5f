import { expect, test } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const nowMs = Date.UTC(2026, 10, 21, 12, 0, 0);

test.each([
  ['0', 0],
  ['120', 120_000],
  ['99999999999999999999', 3_600_000],
  ['Sat, 21 Nov 2026 12:00:05 GMT', 5_000],
  ['Sat, 21 Nov 2026 11:59:00 GMT', undefined],
  ['Mon, 21 Nov 2033 12:00:00 GMT', 3_600_000],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (value, waitMs) => {
  expect(parseRetryAfter(value, nowMs)).toBe(waitMs);
});
