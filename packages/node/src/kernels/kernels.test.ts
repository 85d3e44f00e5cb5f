import { type ByteKernels, portableKernels } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from './node-kernels.ts';

const ways: readonly (readonly [string, ByteKernels])[] = [
  ['portable', portableKernels],
  ['of Node', nodeKernels],
];

const lengths = [0, 1, 3, 4, 15, 47, 48, 49, 63, 64, 65, 255, 256, 4095, 4096, 16_383, 16_384, 16_385, 40_001];
const texts = [
  '',
  'a',
  'é',
  '\ufeffa',
  'aé€😀',
  'kelp '.repeat(13),
  'kelp '.repeat(300),
  'né '.repeat(300),
  '😀'.repeat(5000),
];
const wrong = ['80', 'c3', 'e2 82', 'c0 80', 'ed a0 80', 'f4 90 80 80', 'ff'];
const fromHex = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe.each(ways)('kernels %s', (_name, kernels) => {
  test('mask as the RFC says, from any place of a payload, and nothing beside it', () => {
    const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
    for (const length of lengths) {
      for (const offset of [0, 1, 2, 3, 7]) {
        const memory = new Uint8Array(length + 10).map((_, index) => index * 7);
        const expected = memory.map((byte, at) =>
          at >= 5 && at < 5 + length ? byte ^ (key[(offset + at - 5) & 3] as number) : byte,
        );
        kernels.mask(memory.subarray(5, 5 + length), key, offset);
        expect(Buffer.compare(memory, expected), `${length} bytes from ${offset} on`).toBe(0);
      }
    }
  });

  test.each(texts)('write and read a text: %#', (text) => {
    const bytes = Buffer.from(text);
    expect(kernels.utf8Length(text)).toBe(bytes.length);
    const target = new Uint8Array(bytes.length + 9);
    expect(kernels.writeUtf8(target, 4, text)).toBe(bytes.length);
    expect(Buffer.compare(target.subarray(4, 4 + bytes.length), bytes)).toBe(0);
    for (const read of [target, Buffer.from(target)]) {
      expect(kernels.readUtf8(read, 4, 4 + bytes.length)).toBe(text);
    }
    expect(kernels.isUtf8(bytes)).toBe(true);
  });

  test.each(wrong)('answer nothing for what is no text: %s', (hex) => {
    for (const before of ['', 'a'.repeat(60), 'a'.repeat(2000), 'é'.repeat(2000)]) {
      const bytes = Buffer.concat([Buffer.from(before), fromHex(hex)]);
      expect(kernels.isUtf8(bytes)).toBe(false);
      expect(kernels.readUtf8(bytes, 0, bytes.length)).toBeUndefined();
      const chunk = Buffer.concat([bytes, Buffer.alloc(5 * bytes.length)]);
      expect(kernels.readUtf8(chunk, 0, bytes.length)).toBeUndefined();
    }
  });

  test('read many texts of one chunk, in any order', () => {
    const words = Array.from({ length: 2000 }, (_, index) =>
      index % 50 === 0 ? `é${index}` : `${index} `.repeat(index % 90),
    );
    const chunk = Buffer.from(words.join('\x81'));
    const places: { start: number; end: number; word: string }[] = [];
    let start = 0;
    for (const word of words) {
      const end = start + Buffer.byteLength(word);
      places.push({ start, end, word });
      start = end + 2;
    }
    const check = ({ start: from, end, word }: (typeof places)[0]) =>
      expect(kernels.readUtf8(chunk, from, end)).toBe(word);
    places.forEach(check);
    places.reverse();
    places.forEach(check);
  });

  test('give memory of the length that is asked for', () => {
    for (const bytes of [0, 1, 4095, 4096, 100_000]) {
      const memory = kernels.allocate(bytes);
      expect(memory.length).toBe(bytes);
      expect(memory.buffer.byteLength, 'all of it, and nothing besides').toBe(bytes);
      expect(memory.constructor).toBe(Uint8Array);
    }
  });
});
