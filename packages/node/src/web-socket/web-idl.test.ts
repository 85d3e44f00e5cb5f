import { describe, expect, test } from 'vitest';
import { clampToUnsignedShort, isObject, requireArguments, toDomString, toUsvString } from './web-idl.ts';

describe('[Clamp] unsigned short', () => {
  test.for<[given: unknown, number: number]>([
    [0, 0],
    [-0, 0],
    [1000, 1000],
    ['1000', 1000],
    [' 0x3e8 ', 1000],
    [999.4, 999],
    [999.5, 1000],
    [1000.5, 1000],
    [1000.6, 1001],
    [1001.5, 1002],
    [-1, 0],
    [65_535, 65_535],
    [65_535.4, 65_535],
    [65_536, 65_535],
    [66_536, 65_535],
    [Number.POSITIVE_INFINITY, 65_535],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, 0],
    ['code', 0],
    [undefined, 0],
    [null, 0],
    [true, 1],
    [[3000], 3000],
    [{ valueOf: () => 4000 }, 4000],
  ])('%o is %i', ([given, number]) => {
    expect(clampToUnsignedShort(given)).toBe(number);
  });

  test.for<[name: string, given: unknown]>([
    ['a symbol', Symbol('1000')],
    ['a BigInt', 1000n],
  ])('%s is none', ([, given]) => {
    expect(() => clampToUnsignedShort(given)).toThrow(TypeError);
  });
});

describe('text', () => {
  test.for<[given: unknown, text: string]>([
    ['', ''],
    ['é', 'é'],
    ['\u{1f600}', '\u{1f600}'],
    ['\ud83d', '\ufffd'],
    ['\ude00', '\ufffd'],
    ['a\ude00\ud83db', 'a\ufffd\ufffdb'],
    [undefined, 'undefined'],
    [null, 'null'],
    [1.5, '1.5'],
    [false, 'false'],
    [2n, '2'],
    [{}, '[object Object]'],
    [{ toString: () => 'me', valueOf: () => 'not me' }, 'me'],
    [['a', 'b'], 'a,b'],
  ])('of %o is %j', ([given, text]) => {
    expect(toUsvString(given)).toBe(text);
  });

  test('as a DOMString keeps a lone surrogate', () => {
    expect(toDomString('\ud83d')).toBe('\ud83d');
  });

  test.for([toDomString, toUsvString])('of a symbol there is none (%o)', (convert) => {
    expect(() => convert(Symbol('x'))).toThrow(TypeError);
  });
});

test.for<[given: unknown, is: boolean]>([
  [{}, true],
  [[], true],
  [() => {}, true],
  [Object('text'), true],
  [null, false],
  [undefined, false],
  ['text', false],
  [1, false],
  [Symbol('x'), false],
])('whether %o is an object: %s', ([given, is]) => {
  expect(isObject(given)).toBe(is);
});

test('a call with too few arguments says how many there must be', () => {
  expect(() => requireArguments('send', 0, 1)).toThrow(new TypeError('send: 1 argument required, but only 0 present'));
  expect(() => requireArguments('send', 1, 1)).not.toThrow();
});
