import { describe, expect, it, test } from 'vitest';
import { abnormal, CloseCode, checkAppClose, isCloseCodeOnWire } from './close-code.ts';
import { HoldfastError } from './errors.ts';

describe('RFC 6455 7.4: a code on the wire', () => {
  for (const [from, to, mayTravel] of [
    [0, 999, false],
    [1000, 1003, true],
    [1004, 1006, false],
    [1007, 1014, true],
    [1015, 2999, false],
    [3000, 4999, true],
    [5000, 65535, false],
  ] as const) {
    test(`${from} to ${to} ${mayTravel ? 'may' : 'may not'} travel`, () => {
      for (let code = from; code <= to; code++) expect(isCloseCodeOnWire(code), String(code)).toBe(mayTravel);
    });
  }

  test.for([-1, 1000.5, 3000.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (code) => {
    expect(isCloseCodeOnWire(code)).toBe(false);
  });

  it('has a name for every code that the RFC and the registry give a meaning', () => {
    const named = Object.values(CloseCode);
    expect(named.filter((code) => !isCloseCodeOnWire(code))).toEqual([1005, 1006, 1015]);
    expect(named.filter(isCloseCodeOnWire)).toEqual([
      1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
    ]);
  });
});

describe('what an app may close with', () => {
  test.for([
    [1000, ''],
    [3000, 'a reason'],
    [4999, 'a'.repeat(123)],
    [1000, '€'.repeat(41)],
  ] as const)('%d %s', ([code, reason]) => {
    expect(() => checkAppClose(code, reason)).not.toThrow();
  });

  for (const { name, code, reason = '', error, says } of [
    ...[0, 999, 1001, 1002, 1005, 1006, 1011, 1015, 2999, 5000, 3000.5, -1, Number.NaN].map((value) => ({
      name: `code ${value}`,
      code: value,
      reason: '',
      error: 'invalid-close-code',
      says: String(value),
    })),
    { name: 'a code in text', code: '3000' as unknown as number, error: 'invalid-close-code', says: '3000' },
    { name: 'a reason of 124 bytes', code: 1000, reason: 'a'.repeat(124), error: 'invalid-close-reason', says: '123' },
    {
      name: 'a reason of 124 bytes in 42 characters',
      code: 1000,
      reason: `${'€'.repeat(41)}a`,
      error: 'invalid-close-reason',
      says: '123',
    },
    { name: 'a lone surrogate in the reason', code: 1000, reason: 'a\ud800', error: 'lone-surrogate', says: '1' },
  ]) {
    test(`${name} is refused`, () => {
      expect(() => checkAppClose(code, reason)).toThrow(
        expect.objectContaining({ code: error, message: expect.stringContaining(says) }),
      );
    });
  }
});

it('tells an end without a closing handshake as 1006', () => {
  const error = new HoldfastError('connection-lost');
  expect(abnormal(error)).toEqual({ code: 1006, reason: '', wasClean: false, error });
  expect(abnormal()).toEqual({ code: 1006, reason: '', wasClean: false, error: undefined });
});
