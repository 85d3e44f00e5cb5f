import { expect, test } from 'vitest';
import { toSubProtocols } from './sub-protocols.ts';

function* generated() {
  yield 'a';
  yield 'b';
}

test.for<[name: string, given: unknown, offered: readonly string[]]>([
  ['no name', [], []],
  ['one name', 'chat', ['chat']],
  ['a list of one', ['chat'], ['chat']],
  ['a list in order', ['v2', 'v1'], ['v2', 'v1']],
  ['a set', new Set(['a', 'b']), ['a', 'b']],
  ['a generator', generated(), ['a', 'b']],
  ['an iterator of values', ['a', 'b'].values(), ['a', 'b']],
  ['null, which is text', null, ['null']],
  ['a number, which is text', 13, ['13']],
  ['a list of what is text', [null, 1, true], ['null', '1', 'true']],
  ['a function that is text', Object.assign(() => {}, { toString: () => 'f' }), ['f']],
  ['an object that is text', { toString: () => 'o' }, ['o']],
  ['a String object, whose letters are iterated', Object('ab'), ['a', 'b']],
  ['all that a token may have', "!#$%&'*+-.^_`|~09azAZ", ["!#$%&'*+-.^_`|~09azAZ"]],
  ['names that differ in case', ['chat', 'CHAT'], ['chat', 'CHAT']],
])('takes %s', ([, given, offered]) => {
  expect(toSubProtocols(given)).toEqual(offered);
});

test.for<[name: string, given: unknown]>([
  ['an empty name', ''],
  ['an empty name in a list', ['a', '']],
  ['a name twice', ['a', 'a']],
  ['a name twice, apart', ['a', 'b', 'a']],
  ['a name twice, once as a number', ['1', 1]],
  ['two names in one', 'a, b'],
  ['a comma', 'a,b'],
  ['a space', 'a b'],
  ['a tab', 'a\tb'],
  ['a line break', 'a\r\nX-Header: b'],
  ['a NUL', 'a\0'],
  ['DEL', 'a\x7f'],
  ['a letter beyond ASCII', 'é'],
  ['a quote', 'a"b'],
  ['a slash', 'a/b'],
  ['a colon', 'a:b'],
  ['a semicolon', 'a;b'],
  ['brackets', 'a[b]'],
  ['braces', '{a}'],
  ['parentheses', '(a)'],
  ['an at sign', 'a@b'],
  ['a question mark', 'a?'],
  ['an equals sign', 'a=b'],
  ['angle brackets', '<a>'],
  ['a backslash', 'a\\b'],
  ['an object, as the options of another library', { headers: {} }],
])('%s is a SyntaxError', ([, given]) => {
  expect(() => toSubProtocols(given)).toThrow(expect.objectContaining({ name: 'SyntaxError', code: 12 }));
});

test.for<[name: string, given: unknown]>([
  ['a symbol', Symbol('a')],
  ['a symbol in a list', [Symbol('a')]],
  ['what only looks as if it could be iterated', { [Symbol.iterator]: 1 }],
])('%s is a TypeError', ([, given]) => {
  expect(() => toSubProtocols(given)).toThrow(TypeError);
});

test('null for an iterator means that there is none', () => {
  expect(toSubProtocols({ [Symbol.iterator]: null, toString: () => 'text' })).toEqual(['text']);
});
