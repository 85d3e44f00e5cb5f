import { describe, expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { decodeClosePayload, encodeClosePayload } from './close-payload.ts';
import { fromHex } from './three-ways.test-helper.ts';

const bodyOf = (code: number) => Uint8Array.of(code >> 8, code & 0xff);

describe('RFC 6455 7.4: codes that may travel, both ways', () => {
  test.for([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4321, 4999])(
    '%d',
    (code) => {
      expect(decodeClosePayload(bodyOf(code))).toEqual({ code, reason: '' });
      expect(encodeClosePayload(code)).toEqual(bodyOf(code));
    },
  );
});

describe('RFC 6455 7.4: codes that may not travel, either way', () => {
  test.for([0, 1, 999, 1004, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65535])('%d', (code) => {
    expect(() => decodeClosePayload(bodyOf(code))).toThrow(
      expect.objectContaining({ code: 'close-code', closeCode: 1002, message: expect.stringContaining(String(code)) }),
    );
    expect(() => encodeClosePayload(code)).toThrow(expect.objectContaining({ code: 'invalid-close-code' }));
  });

  test.for([65536 + 1000, -1, 1000.5, Number.NaN])('%d, which two bytes do not hold', (code) => {
    expect(() => encodeClosePayload(code)).toThrow(expect.objectContaining({ code: 'invalid-close-code' }));
  });

  it('1005 is never written: it is read from, and gives, an empty body', () => {
    expect(() => decodeClosePayload(bodyOf(1005))).toThrow(expect.objectContaining({ code: 'close-code' }));
    expect(decodeClosePayload(new Uint8Array(0))).toEqual({ code: 1005, reason: '' });
    expect(encodeClosePayload(1005, 'no place for it')).toEqual(new Uint8Array(0));
  });
});

describe('RFC 6455 5.5.1: bodies', () => {
  for (const { name, hex, code, reason } of [
    { name: 'a code and a reason', hex: '03 e8 62 79 65', code: 1000, reason: 'bye' },
    { name: 'a reason of 4-byte characters', hex: '0f a0 f0 9f 91 8b', code: 4000, reason: '👋' },
    { name: 'a reason that begins with U+FEFF', hex: '03 e8 ef bb bf 61', code: 1000, reason: '\ufeffa' },
    { name: 'a reason with U+0000', hex: '03 e8 00', code: 1000, reason: '\0' },
  ])
    test(name, () => {
      expect(decodeClosePayload(fromHex(hex))).toEqual({ code, reason });
      expect(formatHex(encodeClosePayload(code, reason))).toBe(hex);
    });

  for (const { name, hex, code, closeCode } of [
    { name: 'a body of 1 byte', hex: '03', code: 'close-payload', closeCode: 1002 },
    { name: 'a reason that is not UTF-8', hex: '03 e8 ff', code: 'utf8-invalid', closeCode: 1007 },
    { name: 'a reason that ends inside a character', hex: '03 e8 61 e2 82', code: 'utf8-invalid', closeCode: 1007 },
    { name: 'a surrogate in the reason', hex: '03 e8 ed a0 80', code: 'utf8-invalid', closeCode: 1007 },
    { name: 'a wrong code before a wrong reason', hex: '03 ec ff', code: 'close-code', closeCode: 1002 },
  ])
    test(`${name} is refused`, () => {
      expect(() => decodeClosePayload(fromHex(hex))).toThrow(expect.objectContaining({ code, closeCode }));
    });
});

describe('a reason over 123 bytes is cut where a character ends', () => {
  for (const { name, reason, kept } of [
    { name: '123 bytes stay whole', reason: 'a'.repeat(123), kept: 'a'.repeat(123) },
    { name: '124 bytes lose one', reason: 'a'.repeat(124), kept: 'a'.repeat(123) },
    { name: 'a 2-byte character over the edge', reason: `${'a'.repeat(122)}é`, kept: 'a'.repeat(122) },
    { name: 'a 3-byte character with 2 bytes inside', reason: `${'a'.repeat(121)}€`, kept: 'a'.repeat(121) },
    { name: 'a 4-byte character with 3 bytes inside', reason: `${'a'.repeat(120)}👋`, kept: 'a'.repeat(120) },
    { name: 'a 4-byte character that just fits', reason: `${'a'.repeat(119)}👋x`, kept: `${'a'.repeat(119)}👋` },
    { name: '100 characters of 3 bytes', reason: '€'.repeat(100), kept: '€'.repeat(41) },
  ])
    test(name, () => {
      const body = encodeClosePayload(1000, reason);
      expect(body.length).toBeLessThanOrEqual(125);
      expect(decodeClosePayload(body)).toEqual({ code: 1000, reason: kept });
    });
});
