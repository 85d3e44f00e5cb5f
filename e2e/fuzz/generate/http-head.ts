import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** A head as it is written, right or wrong: text of Latin-1. */
export interface RawHead {
  startLine: string;
  /** How the start line ends. */
  startEnd: string;
  readonly fields: RawField[];
  /** The empty line, or what is there in its place. */
  end: string;
}

/** A header line, in all its parts. */
export interface RawField {
  name: string;
  colon: string;
  value: string;
  end: string;
}

/** Values that a header of a handshake may have: right ones, nearly right ones, and wrong ones. */
export type FieldValues = Readonly<Record<string, readonly string[]>>;

type Mutation = (random: Random, head: RawHead, field: RawField) => void;

const lineEnds = ['\n', '\r', '\r\r\n', '\n\r', '', ' \r\n', '\r\n\r\n'];
const names = ['', ' ', 'X Y', 'X\t', 'X\0', 'X\x80', 'X(', '"X"', ' Host', 'X\r', '\xff', 'x'.repeat(60), '__proto__'];
const colons = ['', ' : ', '\t: ', '::', ':', ':\t \t', ': \r\n ', ' '];
const values = [
  '',
  ' ',
  '\0',
  '\x01',
  '\x7f',
  '\x80',
  '\xe9\xff',
  'a\rb',
  'a\nb',
  'a\r\nX-Injected: 1',
  '\t',
  'a,,b',
  ',',
  '"',
];

const mutations: readonly Mutation[] = [
  (random, _, field) => void (field.end = random.pick(lineEnds)),
  (random, _, field) => void (field.name = random.pick(names)),
  (random, _, field) => void (field.name = random.chance(0.5) ? field.name.toUpperCase() : field.name.toLowerCase()),
  (random, _, field) => void (field.colon = random.pick(colons)),
  (random, _, field) => void (field.value = random.pick(values)),
  (random, _, field) => void (field.value += random.pick(values)),
  (random, _, field) => void (field.value = 'v'.repeat(random.pick([10, 40, 100, 300, 8200]))),
  (random, head) => void (head.startEnd = random.pick(lineEnds)),
  (random, head) => void (head.end = random.pick(['', '\n', '\r', ' \r\n', '\r\n ', '\n\r\n', '\r\n\r\n'])),
  // Twice, gone, elsewhere, folded (RFC 9112 5.2), very many.
  (random, head, field) => void head.fields.splice(random.below(head.fields.length), 0, { ...field }),
  (_, head, field) => void head.fields.splice(head.fields.indexOf(field), 1),
  (random, head) => void head.fields.sort(() => random.between(-1, 1)),
  (random, head, field) => {
    const folded = { name: random.pick([' ', '\t']), colon: '', value: random.pick(['more', ' ', ': x']), end: '\r\n' };
    head.fields.splice(head.fields.indexOf(field) + 1, 0, folded);
  },
  (random, head) => {
    const count = random.pick([3, 5, 90, 101, 120]);
    head.fields.push(...random.list(count, (index) => rawField(`X-${index}`, random.pick(['', 'v', 'vv']))));
  },
];

/** A header line that is right. */
export function rawField(name: string, value: string): RawField {
  return { name, colon: ': ', value, end: '\r\n' };
}

/** The bytes of a head, and behind it what follows. */
function writeRawHead({ startLine, startEnd, fields, end }: RawHead, rest: Uint8Array): Uint8Array {
  const lines = fields.map((field) => field.name + field.colon + field.value + field.end);
  return concat([latin1(startLine + startEnd + lines.join('') + end), rest]);
}

/** A right head, with a few things changed in most cases: values of its headers, its lines, or its bytes. */
export function generateHead(
  random: Random,
  head: RawHead,
  others: { readonly startLines: readonly string[]; readonly fields: FieldValues },
  rest: Uint8Array,
): Uint8Array {
  const changes = random.pickWeighted([
    [3, 0],
    [4, 1],
    [2, 2],
    [1, 4],
  ]);
  for (let i = 0; i < changes; i++) {
    if (random.chance(0.1)) head.startLine = random.pick(others.startLines);
    if (random.chance(0.5)) changeValue(random, head, others.fields);
    else if (head.fields.length > 0) random.pick(mutations)(random, head, random.pick(head.fields));
  }
  const bytes = writeRawHead(head, rest);
  return random.chance(0.1) ? mutateBytes(random, bytes, random.between(1, 3)) : bytes;
}

/** Text of Latin-1 as bytes. */
export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function changeValue(random: Random, { fields }: RawHead, others: FieldValues): void {
  const name = random.pick(Object.keys(others));
  const value = random.pick(others[name] ?? ['']);
  const known = fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (known && random.chance(0.85)) known.value = value;
  else fields.push(rawField(name, value));
}
