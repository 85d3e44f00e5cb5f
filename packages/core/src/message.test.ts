import { describe, expect, it, test } from 'vitest';
import { checkOutgoing, checkWellFormed, encodeUtf8, viewBytes } from './message.ts';

describe('text', () => {
  test.for(['', 'a', '👋', 'a👋b👋', '\ufeff', '\uffff', '\0', '\ud7ff\ue000'])('%j is well-formed', (text) => {
    expect(() => checkWellFormed(text)).not.toThrow();
  });

  for (const { name, text, at } of [
    { name: 'a high surrogate alone', text: '\ud800', at: 0 },
    { name: 'a low surrogate alone', text: 'ab\udfff', at: 2 },
    { name: 'a high surrogate at the end', text: '👋\ud83d', at: 2 },
    { name: 'a pair the wrong way round', text: '\udc4b\ud83d', at: 0 },
    { name: 'two high surrogates before a low one', text: 'a\ud83d\ud83d\udc4b', at: 1 },
    { name: 'a lone surrogate behind a megabyte', text: `${'a'.repeat(2 ** 20)}\ud800`, at: 2 ** 20 },
  ]) {
    test(`${name} is refused, with its place`, () => {
      const expected = expect.objectContaining({
        code: 'lone-surrogate',
        message: expect.stringMatching(new RegExp(`\\b${at}\\b`)),
      });
      expect(() => checkWellFormed(text)).toThrow(expected);
      expect(() => checkOutgoing(text)).toThrow(expected);
    });
  }
});

describe('what an app may send', () => {
  for (const { name, message } of [
    { name: 'text', message: 'a' },
    { name: 'an ArrayBuffer', message: new ArrayBuffer(2) },
    { name: 'a Uint8Array', message: new Uint8Array(2) },
    { name: 'a Buffer', message: Buffer.from('a') },
    { name: 'a DataView', message: new DataView(new ArrayBuffer(2)) },
    { name: 'a Float64Array', message: new Float64Array(2) },
  ]) {
    test(name, () => {
      expect(() => checkOutgoing(message)).not.toThrow();
    });
  }

  for (const { name, message, says } of [
    { name: 'nothing', message: undefined, says: 'undefined' },
    { name: 'null', message: null, says: 'Null' },
    { name: 'a number', message: 42, says: '42' },
    { name: 'a plain object', message: { length: 1 }, says: '[object Object]' },
    { name: 'an array', message: [1, 2], says: '[object Array]' },
    { name: 'a Blob', message: new Blob(['a']), says: '[object Blob]' },
    { name: 'a SharedArrayBuffer', message: new SharedArrayBuffer(1), says: '[object SharedArrayBuffer]' },
  ]) {
    test(`not ${name}`, () => {
      expect(() => checkOutgoing(message)).toThrow(
        expect.objectContaining({ code: 'invalid-message', message: expect.stringContaining(says) }),
      );
    });
  }
});

it('views the bytes of a message without a copy, and no others', () => {
  const { buffer } = Uint8Array.of(1, 2, 3, 4, 5, 6);
  expect(viewBytes(buffer)).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
  expect(viewBytes(buffer).buffer).toBe(buffer);
  expect(viewBytes(new Uint8Array(buffer, 1, 2))).toEqual(Uint8Array.of(2, 3));
  expect(viewBytes(new DataView(buffer, 2, 3))).toEqual(Uint8Array.of(3, 4, 5));
  expect(viewBytes(new Uint16Array(buffer, 2, 2))).toEqual(Uint8Array.of(3, 4, 5, 6));
  expect(viewBytes(new Uint8Array(buffer, 6))).toEqual(new Uint8Array(0));
});

it('encodes U+FEFF as the character it is', () => {
  expect(encodeUtf8('\ufeffé')).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9));
});
