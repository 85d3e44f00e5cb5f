import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { applyMask, copyMasked } from './mask.ts';
import { fromHex } from './three-ways.test-helper.ts';

for (const { name, text, key, expected } of [
  { name: 'RFC 6455 5.7: "Hello"', text: 'Hello', key: '37 fa 21 3d', expected: '7f 9f 4d 51 58' },
  {
    name: 'RFC 6455 5.3: 16 bytes, each fourth under the same byte of the key',
    text: 'hello websocket\n',
    key: '08 f6 ef b1',
    expected: '60 93 83 dd 67 d6 98 d4 6a 85 80 d2 63 93 9b bb',
  },
  {
    // The worked example that is passed around with two letters l in its text has one in its bytes.
    name: 'RFC 6455 5.3: 15 bytes, the last key is not used up',
    text: 'helo websocket\n',
    key: '08 f6 ef b1',
    expected: '60 93 83 de 28 81 8a d3 7b 99 8c da 6d 82 e5',
  },
  { name: 'a key of zeros changes nothing', text: 'as it is', key: '00 00 00 00', expected: '61 73 20 69 74 20 69 73' },
  { name: 'nothing stays nothing', text: '', key: '37 fa 21 3d', expected: '' },
])
  test(name, () => {
    const bytes = Buffer.from(text);
    applyMask(bytes, fromHex(key));
    expect(formatHex(bytes)).toBe(expected);
  });

test.for([0, 3, 5, 8])('a key of %d bytes is refused', (length) => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(() => applyMask(bytes, new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'invalid-frame' }));
  expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
});

it('writes only into the bytes of its view', () => {
  const all = new Uint8Array(12);
  applyMask(all.subarray(3, 8), fromHex('ff ff ff ff'));
  expect(formatHex(all)).toBe('00 00 00 ff ff ff ff ff 00 00 00 00');
});

/** Short ones, which are masked byte by byte, and some that are masked word by word, wherever they begin in memory. */
const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.tuple(fc.uint8Array({ minLength: 250, maxLength: 400 }), fc.nat(4)).map(([bytes, from]) => bytes.subarray(from)),
);

it('masks what is copied as it masks in place', () => {
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(payloads, key, fc.nat(9), (payload, maskingKey, at) => {
      const target = new Uint8Array(payload.length + 20).fill(0x55);
      const expected = target.slice();
      expected.set(payload, at);
      applyMask(expected.subarray(at, at + payload.length), maskingKey);
      copyMasked(target, at, payload, maskingKey);
      expect(target).toEqual(expected);
    }),
  );
});

// Invariant (RFC 6455 5.3): byte i of the payload is XORed with byte i modulo 4 of the key, whatever the pieces.
it('is the XOR of the RFC at any offset and length', () => {
  const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(payloads, key, fc.nat(2 ** 31), (payload, maskingKey, offset) => {
      const expected = payload.map((byte, index) => byte ^ (maskingKey[(offset + index) % 4] ?? 0));
      const bytes = payload.slice();
      applyMask(bytes, maskingKey, offset);
      expect(bytes).toEqual(expected);
      applyMask(bytes, maskingKey, offset);
      expect(bytes, 'twice is not at all').toEqual(payload);
    }),
  );
});

it('masks in pieces as it masks the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (payload, cut) => {
      const key = fromHex('01 20 03 40');
      const whole = payload.slice();
      applyMask(whole, key);
      const pieces = payload.slice();
      applyMask(pieces.subarray(0, cut), key);
      applyMask(pieces.subarray(cut), key, cut);
      expect(pieces).toEqual(whole);
    }),
  );
});
