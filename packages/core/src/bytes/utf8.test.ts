import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { byteByByte, fromHex } from '../frame/three-ways.test-helper.ts';
import { portableKernels } from '../frame/byte-kernels.ts';
import { Utf8Decoder, Utf8Validator } from './utf8.ts';

/** The edges of every range of RFC 3629 4. */
const valid = [
  { name: 'nothing', hex: '' },
  { name: 'U+0000', hex: '00' },
  { name: 'U+007F', hex: '7f' },
  { name: 'U+0080, the first of two bytes', hex: 'c2 80' },
  { name: 'U+07FF, the last of two bytes', hex: 'df bf' },
  { name: 'U+0800, the first of three bytes', hex: 'e0 a0 80' },
  { name: 'U+0FFF', hex: 'e0 bf bf' },
  { name: 'U+D7FF, before the surrogates', hex: 'ed 9f bf' },
  { name: 'U+E000, behind the surrogates', hex: 'ee 80 80' },
  { name: 'U+FEFF', hex: 'ef bb bf' },
  { name: 'U+FFFF, the last of three bytes', hex: 'ef bf bf' },
  { name: 'U+10000, the first of four bytes', hex: 'f0 90 80 80' },
  { name: 'U+3FFFF', hex: 'f0 bf bf bf' },
  { name: 'U+100000', hex: 'f4 80 80 80' },
  { name: 'U+10FFFF, the last', hex: 'f4 8f bf bf' },
  { name: 'characters of every length', hex: '61 c3 a9 e2 82 ac f0 9f 98 80 7a' },
];

/** `at` is the first byte that cannot belong to any text. */
const invalid = [
  { name: 'a continuation byte in front, 80', hex: '80', at: 0 },
  { name: 'a continuation byte in front, bf', hex: '61 bf', at: 1 },
  { name: 'one continuation byte too many', hex: 'c3 a9 a9', at: 2 },
  { name: 'overlong in two bytes, c0', hex: 'c0 80', at: 0 },
  { name: 'overlong in two bytes, c1', hex: 'c1 bf', at: 0 },
  { name: 'overlong in three bytes', hex: 'e0 9f bf', at: 1 },
  { name: 'overlong in four bytes', hex: 'f0 8f bf bf', at: 1 },
  { name: 'the first high surrogate, U+D800', hex: 'ed a0 80', at: 1 },
  { name: 'the last low surrogate, U+DFFF', hex: 'ed bf bf', at: 1 },
  { name: 'a pair of surrogates, each in three bytes', hex: 'ed a0 bd ed b8 80', at: 1 },
  { name: 'U+110000, past the last', hex: 'f4 90 80 80', at: 1 },
  { name: 'a first byte f5', hex: 'f5 80 80 80', at: 0 },
  { name: 'a first byte f8, of five bytes once', hex: 'f8 88 80 80 80', at: 0 },
  { name: 'a first byte fe', hex: 'fe', at: 0 },
  { name: 'a first byte ff', hex: '61 62 ff', at: 2 },
  { name: 'a character broken off by ASCII', hex: 'e2 82 61', at: 2 },
  { name: 'a character broken off by another', hex: 'c3 c3 a9', at: 1 },
  { name: 'a third continuation byte over bf', hex: 'f0 9f 98 c0', at: 3 },
  { name: 'a range that is narrow for the second byte only', hex: 'e0 a0 7f', at: 2 },
];

const truncated = ['c2', 'df', 'e0', 'e0 a0', 'ed 9f', 'ef bf', 'f0', 'f0 90', 'f0 90 80', 'f4 8f bf', '61 e2 82'];

/** The position of the byte that is refused, or `undefined`. */
function refusedAt(pieces: readonly Uint8Array[], validator = new Utf8Validator()): number | undefined {
  let position = 0;
  try {
    for (const piece of pieces) {
      validator.push(piece);
      position += piece.length;
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'utf8-invalid', closeCode: 1007 });
    const at = Number(/ at (\d+) /.exec(String(error))?.[1]);
    expect(at, 'it stands in the piece that was refused').toBeGreaterThanOrEqual(position);
    return at;
  }
  validator.end();
  return undefined;
}

const splits = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length + 1 }, (_, at) => [bytes.subarray(0, at), bytes.subarray(at)]);

describe('text is taken, split anywhere', () => {
  for (const { name, hex } of valid)
    test(name, () => {
      const bytes = fromHex(hex);
      expect(refusedAt(byteByByte(bytes))).toBeUndefined();
      for (const pieces of splits(bytes)) expect(refusedAt(pieces)).toBeUndefined();
    });
});

describe('the first byte that is no text is refused, split anywhere', () => {
  for (const { name, hex, at } of invalid)
    test(name, () => {
      const bytes = fromHex(hex);
      for (const pieces of splits(bytes)) expect(refusedAt(pieces)).toBe(at);
      // Nothing behind it has to arrive.
      expect(refusedAt(byteByByte(bytes.subarray(0, at + 1)))).toBe(at);
      // Everything before it may begin a text.
      expect(() => new Utf8Validator().push(bytes.subarray(0, at))).not.toThrow();
    });
});

describe('with a quick way to tell whole characters, long pieces are taken and refused alike', () => {
  const long = new TextEncoder().encode('aé€😀'.repeat(30));
  const around = (hex: string) => new Uint8Array([...long, ...fromHex(hex), ...long]);
  const refused = (pieces: readonly Uint8Array[]) => refusedAt(pieces, new Utf8Validator(portableKernels.isUtf8));
  for (const { name, hex } of valid)
    test(name, () => {
      for (const pieces of splits(around(hex))) expect(refused(pieces)).toBeUndefined();
    });
  for (const { name, hex, at } of invalid)
    test(name, () => {
      for (const pieces of splits(around(hex))) expect(refused(pieces)).toBe(long.length + at);
    });
  test('a text that ends inside a character', () => {
    for (const hex of truncated)
      expect(() => refused([new Uint8Array([...long, ...fromHex(hex)])])).toThrow(/ends inside/);
  });
});

describe('a text that ends inside a character is refused at its end', () => {
  test.for(truncated)('%s', (hex) => {
    const validator = new Utf8Validator();
    for (const piece of byteByByte(fromHex(hex))) validator.push(piece);
    expect(() => validator.end()).toThrow(expect.objectContaining({ code: 'utf8-invalid', closeCode: 1007 }));
    expect(() => new Utf8Decoder().decode(fromHex(hex))).toThrow(
      expect.objectContaining({ code: 'utf8-invalid', closeCode: 1007 }),
    );
  });
});

it('begins a new text after the end of one, good or bad', () => {
  const validator = new Utf8Validator();
  validator.push(fromHex('e0'));
  expect(() => validator.end()).toThrow(/utf8-invalid/);
  // The narrow range of what follows e0 is forgotten too.
  validator.push(fromHex('c2 80'));
  validator.end();
  expect(() => validator.push(fromHex('61 ff'))).toThrow(/0xff at 1 /);
});

describe('a decoder of whole texts', () => {
  it('keeps a leading U+FEFF', () => {
    expect(new Utf8Decoder().decode(fromHex('ef bb bf 61'))).toBe('\ufeffa');
  });

  for (const { name, hex, at } of invalid)
    test(`names the byte that it refuses: ${name}`, () => {
      expect(() => new Utf8Decoder().decode(fromHex(hex))).toThrow(
        expect.objectContaining({ message: expect.stringContaining(` at ${at} `), closeCode: 1007 }),
      );
    });
});

// Invariant: the validator takes exactly what a strict decoder takes, under any cutting.
it('agrees with the platform on any bytes', () => {
  const edge = fc.constantFrom(
    0x00,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc1,
    0xc2,
    0xe0,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0xf5,
  );
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 6 }), fc.nat(6), (values, cut) => {
      const bytes = Uint8Array.from(values);
      const isValid = (check: () => void) => {
        try {
          check();
          return true;
        } catch {
          return false;
        }
      };
      const ours = isValid(() => {
        const validator = new Utf8Validator();
        validator.push(bytes.subarray(0, cut));
        validator.push(bytes.subarray(cut));
        validator.end();
      });
      expect(ours).toBe(isValid(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)));
    }),
    { numRuns: 2000 },
  );
});
