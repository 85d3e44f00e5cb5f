import { describe, expect, test } from 'vitest';
import { HoldfastError } from '../errors.ts';
import { isWorthRetrying } from './retry-policy.ts';

const ended = (code: number, status?: number, refusals = 0, canRefresh = true) =>
  isWorthRetrying({
    code,
    reason: '',
    wasClean: code !== 1006,
    attempt: 1,
    refusals,
    canRefresh,
    error: status === undefined ? undefined : new HoldfastError('http-status', '', { status }),
  });

describe('isWorthRetrying', () => {
  test.each([1001, 1005, 1006, 1011, 1012, 1013, 1014, 3000, 4000, 4999])('after close code %i: yes', (code) => {
    expect(ended(code)).toBe(true);
  });

  test.each([1000, 1002, 1003, 1007, 1008, 1009, 1010])('after close code %i: no', (code) => {
    expect(ended(code)).toBe(false);
  });

  test.each([200, 302, 408, 425, 429, 500, 502, 503, 504])('after status %i: yes', (status) => {
    expect(ended(1006, status)).toBe(true);
  });

  test.each([400, 401, 403, 404, 405, 410, 426, 451])('after status %i: no', (status) => {
    expect(ended(1006, status)).toBe(false);
  });

  test.each([401, 403])('after a first status %i: yes, where the next dial can bear a fresh token', (status) => {
    expect(ended(1006, status, 1)).toBe(true);
    expect(ended(1006, status, 2)).toBe(false);
    expect(ended(1006, status, 1, false)).toBe(false);
  });
});
