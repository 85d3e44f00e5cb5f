import { expect, test } from 'vitest';
import { byteLength } from './byte-length.ts';

test.each<[string, unknown, number]>([
  ['nothing', '', 0],
  ['ASCII', 'ahoy', 4],
  ['two bytes', 'ü', 2],
  ['three bytes', '€', 3],
  ['a pair of units', '🌊', 4],
  ['the first and last of each length', '\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}', 25],
  ['bytes', new Uint8Array(5), 5],
  ['an ArrayBuffer', new ArrayBuffer(6), 6],
  ['a view of a part', new DataView(new ArrayBuffer(8), 2, 3), 3],
  ['what only a codec makes bytes of', { type: 'say' }, 0],
  ['undefined', undefined, 0],
  ['a field that is no length', { byteLength: 'long' }, 0],
])('%s', (_name, message, length) => {
  expect(byteLength(message)).toBe(length);
});

test('text takes what its UTF-8 takes', () => {
  const text = Array.from({ length: 0x500 }, (_, at) => String.fromCodePoint(at * 0xb0 + (at > 313 ? 0x900 : 0))).join(
    '',
  );
  expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
});
