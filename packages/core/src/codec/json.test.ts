import { expect, test } from 'vitest';
import { json } from './json.ts';

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

test.each([
  { it: 'a record', value: { type: 'say', text: 'hi', tags: ['a', null], n: -0.5 } },
  { it: 'text', value: 'hi' },
  { it: 'null', value: null },
  { it: 'false', value: false },
  { it: 'a lone surrogate, which JSON escapes', value: '\ud800' },
])('$it comes back as it was', ({ value }) => {
  const codec = json();
  expect(codec.decode(codec.encode(value) as string)).toEqual(value);
});

test('what says itself how it is written is written so, and a property that is undefined is left out', () => {
  expect(json().encode({ at: new Date(0), not: undefined })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});

test.each([
  { it: 'undefined', value: undefined, says: 'message is undefined' },
  { it: 'a function', value: () => {}, says: 'message is function' },
  { it: 'a symbol in an array', value: { a: [Symbol('x')] }, says: 'message.a.0 is symbol' },
  { it: 'undefined in an array', value: [1, undefined], says: 'message.1 is undefined' },
  { it: 'a hole in an array', value: Object.assign([], { length: 1 }), says: 'message.0 is undefined' },
  { it: 'NaN', value: { n: Number.NaN }, says: 'message.n is NaN' },
  { it: 'Infinity', value: [Number.NEGATIVE_INFINITY], says: 'message.0 is -Infinity' },
  { it: 'a Map', value: { m: new Map() }, says: 'message.m is [object Map]' },
  { it: 'a Set', value: new Set(), says: 'message is [object Set]' },
  { it: 'bytes', value: { b: new Uint8Array(1) }, says: 'message.b is [object Uint8Array]' },
  { it: 'an error', value: { e: new Error('x') }, says: 'message.e is [object Error]' },
])('$it throws and says where it stands', ({ value, says }) => {
  expect(() => json().encode(value)).toThrow(
    expect.objectContaining({ code: 'invalid-message', message: expect.stringContaining(says) }),
  );
});

test.each([
  { it: 'a BigInt', value: { n: 1n } },
  { it: 'a cycle', value: cyclic },
])('$it throws', ({ value }) => {
  expect(() => json().encode(value)).toThrow(TypeError);
});

test.each([
  { it: 'no JSON', data: '{"a":' },
  { it: 'no text', data: '' },
  { it: 'bytes', data: new Uint8Array([123, 125]) },
])('$it is a decode-failed', ({ data }) => {
  expect(() => json().decode(data)).toThrow(expect.objectContaining({ name: 'HoldfastError', code: 'decode-failed' }));
});

test('bytes are not mentioned by what they say', () => {
  expect(() => json().decode('{"password":"hunter2"')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test.each([
  { it: 'plainly', text: '{"__proto__":{"isAdmin":true},"a":{"__proto__":1,"b":"\\u001b"}}' },
  { it: 'with escapes', text: '{"_\\u005fproto__":{"isAdmin":true},"a":{"\\u005F_pr\\u006Fto__":1,"b":"\\u001b"}}' },
])('a key __proto__, written $it, is left out', ({ text }) => {
  const value = json<{ a: object }>().decode(text);
  expect(Object.keys(value)).toEqual(['a']);
  expect(Object.assign({}, value, value.a)).toEqual({ a: { b: '\u001b' }, b: '\u001b' });
  expect(Object.getPrototypeOf(Object.assign({}, value))).toBe(Object.prototype);
});
