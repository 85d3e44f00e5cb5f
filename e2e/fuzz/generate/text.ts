import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';

/** The first and last code points of each length of UTF-8, and those that others trip over. */
const codePoints = [
  0x00, 0x0a, 0x0d, 0x1b, 0x22, 0x41, 0x7f, 0x80, 0x85, 0x9b, 0xe9, 0x7ff, 0x800, 0x2028, 0x202e, 0x20ac, 0xd7ff,
  0xe000, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f600, 0x10fffe, 0x10ffff,
];

/** Bytes that are no UTF-8, or not at every place: RFC 3629 3 and 4. */
const invalid = [
  'c0af', // overlong
  'c180',
  'e080af',
  'e09fbf',
  'f08080af',
  'f08fbfbf',
  'eda080', // surrogates
  'edbfbf',
  'eda0bdedb880',
  'f4908080', // past U+10FFFF
  'f5808080',
  'f888808080',
  'fe',
  'ff',
  '80', // a continuation alone
  'bf',
  'c2', // cut off
  'e282',
  'f09f98',
  'f0',
  'c328', // continued by something else
  'e228a1',
  'f0288cbc',
  'f09028bc',
];

/** Well-formed text of about as many characters. */
export function text(random: Random, characters: number): string {
  return random.list(characters, () => character(random)).join('');
}

/** Bytes that are nearly UTF-8: well-formed text with something wrong put at some place, at the end quite often. */
export function brokenText(random: Random, characters: number): Uint8Array {
  const before = encode(text(random, random.below(characters + 1)));
  const wrong = Buffer.from(random.pick(invalid), 'hex');
  const after = encode(random.chance(0.4) ? '' : text(random, random.below(characters + 1)));
  return concat([before, wrong, after]);
}

/** The bytes of a text; a well-formed one. */
export function encode(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

function character(random: Random): string {
  if (random.chance(0.7)) return String.fromCharCode(random.between(0x20, 0x7e));
  if (random.chance(0.6)) return String.fromCodePoint(random.pick(codePoints));
  const codePoint = random.below(random.pick([0x800, 0x10000, 0x110000]));
  // A surrogate is no character.
  return String.fromCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? 0x1f600 : codePoint);
}
