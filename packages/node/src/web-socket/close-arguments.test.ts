import { expect, test } from 'vitest';
import { checkCloseArguments } from './close-arguments.ts';

const e = 'é';

test.for<[code: unknown, reason: unknown, taken: { code: number | undefined; reason: string | undefined }]>([
  [undefined, undefined, { code: undefined, reason: undefined }],
  [1000, undefined, { code: 1000, reason: undefined }],
  [3000, '', { code: 3000, reason: '' }],
  [4999, 'bye', { code: 4999, reason: 'bye' }],
  ['1000', 1, { code: 1000, reason: '1' }],
  [999.5, null, { code: 1000, reason: 'null' }],
  [1000.5, undefined, { code: 1000, reason: undefined }],
  [4999.4, undefined, { code: 4999, reason: undefined }],
  [2999.5, undefined, { code: 3000, reason: undefined }],
  [undefined, 'alone', { code: undefined, reason: 'alone' }],
  [1000, 'a'.repeat(123), { code: 1000, reason: 'a'.repeat(123) }],
  [1000, `a${e.repeat(61)}`, { code: 1000, reason: `a${e.repeat(61)}` }],
  [1000, '\ud800', { code: 1000, reason: '\ufffd' }],
  [1000, '\ud800'.repeat(41), { code: 1000, reason: '\ufffd'.repeat(41) }],
])('takes %o with %j', ([code, reason, taken]) => {
  expect(checkCloseArguments(code, reason)).toEqual(taken);
});

test.for<[code: unknown]>([
  [0],
  [null],
  [Number.NaN],
  ['reason'],
  [500],
  [999],
  [999.4],
  [1001],
  [1002],
  [1005],
  [1006],
  [1011],
  [1015],
  [2999],
  [2999.4],
  [4999.6],
  [5000],
  [65_536 + 1000],
  [-1],
  [Number.POSITIVE_INFINITY],
])('the code %o is an InvalidAccessError', ([code]) => {
  expect(() => checkCloseArguments(code, undefined)).toThrow(
    expect.objectContaining({ name: 'InvalidAccessError', code: 15 }),
  );
});

test.for<[name: string, reason: unknown]>([
  ['124 bytes', 'a'.repeat(124)],
  ['124 bytes of 62 letters', e.repeat(62)],
  ['lone surrogates, which are three bytes each', '\ud800'.repeat(42)],
])('a reason of %s is a SyntaxError', ([, reason]) => {
  expect(() => checkCloseArguments(1000, reason)).toThrow(expect.objectContaining({ name: 'SyntaxError', code: 12 }));
});

test('of a wrong code and a wrong reason, the code is told', () => {
  expect(() => checkCloseArguments(1, 'a'.repeat(124))).toThrow(
    expect.objectContaining({ name: 'InvalidAccessError' }),
  );
});

test.for<[name: string, given: [unknown, unknown]]>([
  ['a symbol as code', [Symbol('1000'), undefined]],
  ['a symbol as reason', [1000, Symbol('bye')]],
  ['a BigInt as code', [1000n, undefined]],
  ['a symbol as reason of a wrong code', [1, Symbol('bye')]],
])('%s is a TypeError', ([, [code, reason]]) => {
  expect(() => checkCloseArguments(code, reason)).toThrow(TypeError);
});
