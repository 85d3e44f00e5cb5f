import { describe, expect, it, test } from 'vitest';
import { failOn, HoldfastError, tagOf } from './errors.ts';

describe('an error', () => {
  it('begins its message with its code', () => {
    expect(new HoldfastError('tls-failed', 'why').message).toBe('tls-failed: why');
    expect(new HoldfastError('tls-failed').message).toBe('tls-failed');
  });

  it('is an Error with a name, for logs', () => {
    const error = new HoldfastError('tls-failed', 'why');
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('HoldfastError: tls-failed: why');
  });

  it('carries what it is given, and nothing else', () => {
    const cause = new Error('below');
    const details = { cause, closeCode: 1002, status: 401, headers: { a: 'b' }, body: 'no' };
    expect(new HoldfastError('http-status', 'no', details)).toMatchObject(details);
    const plain = new HoldfastError('http-status');
    for (const name of Object.keys(details)) expect(name in plain, name).toBe(false);
  });
});

describe('the error for a wrong value names it and what is allowed', () => {
  for (const { value, shown } of [
    { value: 12, shown: '12' },
    { value: 'text', shown: 'text' },
    { value: undefined, shown: 'undefined' },
    { value: Number.NaN, shown: 'NaN' },
    { value: Symbol('s'), shown: 'Symbol(s)' },
    { value: {}, shown: '[object Object]' },
    { value: Object.create(null) as object, shown: '[object Object]' },
    { value: [], shown: '[object Array]' },
    { value: new Map(), shown: '[object Map]' },
  ]) {
    test(`of the kind ${typeof value} ${shown}`, () => {
      expect(() => failOn('invalid-option', value, ['this', 'that'])).toThrow(
        expect.objectContaining({ code: 'invalid-option', message: `invalid-option: ${shown}, allowed: this,that` }),
      );
    });
  }
});

it('tells kinds of objects of any realm', () => {
  expect(tagOf(new ArrayBuffer(0))).toBe('[object ArrayBuffer]');
});
