import { describe, expect, test } from 'vitest';
import { type Refusal, refusalError } from './dial-answer.ts';

const rows: [name: string, answer: 'refuse' | Refusal, error: object][] = [
  ['a port where nobody listens', 'refuse', { code: 'connection-refused' }],
  ['a status alone', { status: 401 }, { code: 'http-status', status: 401, headers: {}, body: '' }],
  [
    'headers, by names in lower case, and a body',
    { status: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: 'who?' },
    { code: 'http-status', status: 401, headers: { 'www-authenticate': 'Bearer' }, body: 'who?' },
  ],
  [
    'a time to wait',
    { status: 503, retryAfterSeconds: 7 },
    { code: 'http-status', status: 503, headers: { 'retry-after': '7' }, retryAfterMs: 7_000 },
  ],
  ['the same as a header', { status: 503, headers: { 'Retry-After': '7' } }, { retryAfterMs: 7_000 }],
  ['a time to wait that is too long', { status: 503, retryAfterSeconds: 1e6 }, { retryAfterMs: 3_600_000 }],
];

describe('a refusal', () => {
  test('that says nothing of a time asks for none', () => {
    expect(refusalError({ status: 401 })).not.toHaveProperty('retryAfterMs');
  });

  test.each(rows)('by %s is the error of a dial in Node', (_name, answer, error) => {
    expect(refusalError(answer)).toMatchObject(error);
  });
});
