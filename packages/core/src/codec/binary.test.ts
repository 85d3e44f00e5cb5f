import { expect, test } from 'vitest';
import { z } from 'zod';
import { encodeUtf8 } from '../message.ts';
import { binary, type BinaryFormat } from './binary.ts';

/** Numbers as one byte each: a library in two lines. */
const bytewise: BinaryFormat = {
  encode: (value) => Uint8Array.from(value as number[]),
  decode: (bytes) => [...bytes],
};

test('a message travels as the bytes of the library and comes back', () => {
  const codec = binary<number[]>(bytewise);
  expect(codec.encode([1, 2])).toEqual(Uint8Array.of(1, 2));
  expect(codec.decode(Uint8Array.of(1, 2))).toEqual([1, 2]);
});

test('it is held to schemas', () => {
  const codec = binary(bytewise, z.array(z.number().max(9)));
  expect(() => codec.encode([10])).toThrow(expect.objectContaining({ code: 'invalid-message' }));
  expect(() => codec.decode(Uint8Array.of(10))).toThrow(expect.objectContaining({ code: 'schema-mismatch' }));
});

test('text is not what its library reads', () => {
  expect(() => binary(bytewise).decode('text')).toThrow(expect.objectContaining({ code: 'decode-failed' }));
});

test('what the library throws is kept as the cause', () => {
  const cause = new RangeError('too short');
  const codec = binary({
    ...bytewise,
    decode() {
      throw cause;
    },
  });
  expect(() => codec.decode(encodeUtf8('x'))).toThrow(expect.objectContaining({ code: 'decode-failed', cause }));
});

test('without a library it throws at once', () => {
  expect(() => binary({} as BinaryFormat)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});
