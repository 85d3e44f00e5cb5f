import { expect, test } from 'vitest';
import { formatHex } from './hex.ts';

for (const { name, bytes, expected } of [
  { name: 'no bytes are an empty text', bytes: [], expected: '' },
  { name: 'a byte is two digits', bytes: [0x0a], expected: '0a' },
  { name: 'a space stands between bytes', bytes: [0x00, 0x7f, 0xff], expected: '00 7f ff' },
])
  test(name, () => {
    expect(formatHex(Uint8Array.from(bytes))).toBe(expected);
  });
