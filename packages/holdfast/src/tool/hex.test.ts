import { expect, test } from 'vitest';
import { formatHex, parseHex } from './hex.ts';

test.each(['00ff10', '00 FF 10', '0x00 0xff 0x10', '00:ff:10', ' 00,ff,\n10 '])('%j is three bytes', (text) => {
  expect([...parseHex(text)]).toEqual([0, 255, 16]);
});

test('nothing is no bytes', () => {
  expect(parseHex('')).toHaveLength(0);
});

test.each([
  ['0', '1 digits'],
  ['00f', '3 digits'],
  ['0g', '"g"'],
])('%j is refused: %s', (text, why) => {
  expect(() => parseHex(text)).toThrow(why);
});

test('bytes are written with two digits each', () => {
  expect(formatHex(Uint8Array.of(0, 255, 16))).toBe('00 ff 10');
});
