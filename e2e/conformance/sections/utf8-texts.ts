/** Bytes that are text, in hex. */
export interface ValidText {
  readonly name: string;
  readonly hex: string;
}

/** Bytes that are no text: what is still right, the first wrong byte, and what follows. */
export interface InvalidText {
  readonly name: string;
  readonly right: string;
  readonly wrong: string;
  readonly rest?: string;
}

/** Texts that end inside a character. */
export const unfinishedTexts: readonly ValidText[] = [
  { name: 'a start of two bytes', hex: 'c2' },
  { name: 'a start of three bytes', hex: 'e1' },
  { name: 'two of three bytes', hex: 'e1 80' },
  { name: 'two of three bytes of U+0800', hex: 'e0 a0' },
  { name: 'a start of four bytes', hex: 'f0' },
  { name: 'two of four bytes', hex: 'f0 90' },
  { name: 'three of four bytes', hex: 'f0 90 80' },
  { name: 'three of four bytes of U+10FFFF', hex: 'f4 8f bf' },
];

/** RFC 3629 3 and 4: the first and the last of each kind, and what others have refused by mistake. */
export const edgeTexts: readonly ValidText[] = [
  { name: 'U+0000', hex: '00' },
  { name: 'U+0001', hex: '01' },
  { name: 'U+007F, the last of one byte', hex: '7f' },
  { name: 'U+0080, the first of two bytes', hex: 'c2 80' },
  { name: 'U+07FF, the last of two bytes', hex: 'df bf' },
  { name: 'U+0800, the first of three bytes', hex: 'e0 a0 80' },
  { name: 'U+0FFF, the last that begins with E0', hex: 'e0 bf bf' },
  { name: 'U+1000, the first that begins with E1', hex: 'e1 80 80' },
  { name: 'U+CFFF, the last that begins with EC', hex: 'ec bf bf' },
  { name: 'U+D000, the first that begins with ED', hex: 'ed 80 80' },
  { name: 'U+D7FF, the last before the surrogates', hex: 'ed 9f bf' },
  { name: 'U+E000, the first behind the surrogates', hex: 'ee 80 80' },
  { name: 'U+FEFF at the start, which is a character here', hex: 'ef bb bf 61' },
  { name: 'U+FFFD, the replacement character', hex: 'ef bf bd' },
  { name: 'U+FFFF, the last of three bytes', hex: 'ef bf bf' },
  { name: 'U+10000, the first of four bytes', hex: 'f0 90 80 80' },
  { name: 'U+3FFFF, the last that begins with F0', hex: 'f0 bf bf bf' },
  { name: 'U+40000, the first that begins with F1', hex: 'f1 80 80 80' },
  { name: 'U+FFFFF, the last that begins with F3', hex: 'f3 bf bf bf' },
  { name: 'U+100000, the first that begins with F4', hex: 'f4 80 80 80' },
  { name: 'U+10FFFF, the last of all', hex: 'f4 8f bf bf' },
];

const afterStart: readonly InvalidText[] = [
  { name: 'a letter behind a start of two bytes', right: 'c2', wrong: '20' },
  { name: '7F behind a start of two bytes', right: 'df', wrong: '7f' },
  { name: 'another start behind a start of two bytes', right: 'c2', wrong: 'c3', rest: 'a9' },
  { name: 'a letter behind E0', right: 'e0', wrong: '41' },
  { name: 'a letter behind a start of three bytes', right: 'e1', wrong: '41' },
  { name: 'C0 behind a start of three bytes', right: 'ef', wrong: 'c0' },
  { name: 'a letter behind two of three bytes', right: 'e1 80', wrong: '41' },
  { name: 'a letter behind a start of four bytes', right: 'f1', wrong: '41' },
  { name: 'a letter behind two of four bytes', right: 'f1 80', wrong: '41' },
  { name: 'a letter behind three of four bytes', right: 'f1 80 80', wrong: '41' },
  { name: 'C0 behind three of four bytes', right: 'f4 80 80', wrong: 'c0' },
];

const neverStarts: readonly InvalidText[] = [
  { name: '80, which begins nothing', right: '', wrong: '80' },
  { name: 'BF, which begins nothing', right: '', wrong: 'bf' },
  { name: '80 behind a whole character', right: 'c3 a9', wrong: '80' },
  { name: 'C0', right: '', wrong: 'c0', rest: 'af' },
  { name: 'C1', right: '', wrong: 'c1', rest: 'bf' },
  { name: 'F5', right: '', wrong: 'f5', rest: '80 80 80' },
  { name: 'F7', right: '', wrong: 'f7', rest: 'bf bf bf' },
  { name: 'F8, a start of five bytes', right: '', wrong: 'f8', rest: '88 80 80 80' },
  { name: 'FC, a start of six bytes', right: '', wrong: 'fc', rest: '84 80 80 80 80' },
  { name: 'FE, as in a byte order mark of UTF-16', right: '', wrong: 'fe', rest: 'ff 00 48' },
  { name: 'FF, as in a byte order mark of UTF-16', right: '', wrong: 'ff', rest: 'fe 48 00' },
  { name: 'Latin-1', right: '63 61 66 e9', wrong: '20' },
];

const overlong: readonly InvalidText[] = [
  { name: 'a slash in two bytes', right: '', wrong: 'c0', rest: 'af' },
  { name: 'a slash in three bytes', right: 'e0', wrong: '80', rest: 'af' },
  { name: 'a slash in four bytes', right: 'f0', wrong: '80', rest: '80 af' },
  { name: 'U+0000 in two bytes', right: '', wrong: 'c0', rest: '80' },
  { name: 'U+0000 in three bytes', right: 'e0', wrong: '80', rest: '80' },
  { name: 'U+07FF in three bytes', right: 'e0', wrong: '9f', rest: 'bf' },
  { name: 'U+FFFF in four bytes', right: 'f0', wrong: '8f', rest: 'bf bf' },
];

const surrogates: readonly InvalidText[] = [
  { name: 'U+D800, the first surrogate', right: 'ed', wrong: 'a0', rest: '80' },
  { name: 'U+DB7F', right: 'ed', wrong: 'ad', rest: 'bf' },
  { name: 'U+DBFF, the last of the high ones', right: 'ed', wrong: 'af', rest: 'bf' },
  { name: 'U+DC00, the first of the low ones', right: 'ed', wrong: 'b0', rest: '80' },
  { name: 'U+DF80', right: 'ed', wrong: 'be', rest: '80' },
  { name: 'U+DFFF, the last surrogate', right: 'ed', wrong: 'bf', rest: 'bf' },
  { name: 'U+10000 as a pair of surrogates', right: 'ed', wrong: 'a0', rest: '80 ed b0 80' },
  { name: 'U+10FFFF as a pair of surrogates', right: 'ed', wrong: 'af', rest: 'bf ed bf bf' },
];

const beyond: readonly InvalidText[] = [
  { name: 'U+110000', right: 'f4', wrong: '90', rest: '80 80' },
  { name: 'U+13FFFF', right: 'f4', wrong: 'bf', rest: 'bf bf' },
];

/** RFC 3629 3 and 10. */
export const invalidTexts: readonly (readonly [title: string, texts: readonly InvalidText[]])[] = [
  ['Cut short inside', afterStart],
  ['Begins nothing', neverStarts],
  ['Longer than it need be', overlong],
  ['Surrogates', surrogates],
  ['Beyond the last character', beyond],
];
