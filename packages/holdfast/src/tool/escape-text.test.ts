import { expect, test } from 'vitest';
import { escapeLine, escapeText } from './escape-text.ts';

test.each([
  ['hello, wörld 界 👩‍🚀', 'hello, wörld 界 👩‍🚀', 'as it is'],
  ['\x1b[2J\x1b]0;title\x07', '\\x1b[2J\\x1b]0;title\\x07', 'a screen cleared, a title set'],
  ['\x9b31m', '\\x9b31m', 'the same by one C1 character'],
  ['a\rb\x08\x7f', 'a\\rb\\x08\\x7f', 'what goes back over a line'],
  ['invoice\u202efdp.exe', 'invoice\\u202efdp.exe', 'a text turned around'],
  ['\u2028\u2029\0', '\\u2028\\u2029\\x00', 'separators of lines, and nothing'],
])('%j is shown as %j: %s', (text, shown) => {
  expect(escapeText(text)).toBe(shown);
  expect(escapeLine(text)).toBe(shown);
});

test('line ends and tabs stay in a text, and are written out in a line', () => {
  expect(escapeText('a\r\nb\n\tc')).toBe('a\nb\n\tc');
  expect(escapeLine('a\r\nb\n\tc')).toBe('a\\r\\nb\\n\\tc');
});

test('nothing that a terminal acts on is left of any character', () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('');
  expect(escapeLine(all)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
});
