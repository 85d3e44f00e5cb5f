import type { GroupInit, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  binary,
  chopped,
  echoesBinary,
  echoesText,
  fails,
  from,
  more,
  ping,
  pongs,
  quiet,
  send,
  stars,
  text,
  upTo,
  within,
} from '../row/words.ts';
import { fromHex } from '../wire/payload.ts';
import { edgeTexts, type InvalidText, invalidTexts, unfinishedTexts } from './utf8-texts.ts';

const open: { fin: false } = { fin: false };
const refused = fails('utf8-invalid', 1007);
const greek = 'κόσμε';
const mixed = 'Hello-µ@ßöäüàá-UTF-8!! 中文 𝄞';
const tail = Buffer.from(' and more');

const bytesOf = ({ right, wrong, rest = '' }: InvalidText) => Buffer.concat([fromHex(right + wrong + rest), tail]);
const rightBytes = ({ right }: InvalidText) => fromHex(right).length;

/** One after the other, as one text. */
const chars = (...codePoints: number[]) => String.fromCodePoint(...codePoints);
const planes = Array.from({ length: 17 }, (_, plane) => plane * 0x10000);
const nonCharacters = planes.flatMap((plane) => [plane + 0xfffe, plane + 0xffff]);
const arabicNonCharacters = Array.from({ length: 32 }, (_, index) => 0xfdd0 + index);

const comesBack = (name: string, hex: string): RowInit =>
  row('8.1', `${name} comes back`, [send(text(fromHex(hex))), echoesText(fromHex(hex))]);

const wholeFrame = (invalid: InvalidText): RowInit =>
  row('8.1', `In a whole frame: ${invalid.name}`, [send(text(bytesOf(invalid))), refused]);

/** Of a frame that is never finished. */
const inMidFrame = (invalid: InvalidText): RowInit => {
  const frame = text(bytesOf(invalid));
  const at = rightBytes(invalid);
  return row('8.1', `Refused before the frame is whole: ${invalid.name}`, [
    send(upTo(at, frame)),
    quiet,
    send(within(at, at + 1, frame)),
    refused,
  ]);
};

/** Of a message that is never finished; the fault is in its second frame, which is never finished either. */
const inMidMessage = (invalid: InvalidText): RowInit => {
  const bytes = bytesOf(invalid);
  const at = rightBytes(invalid);
  return row('8.1', `Refused before the message is whole: ${invalid.name}`, [
    send(text(bytes.subarray(0, at), open)),
    quiet,
    send(upTo(1, more(bytes.subarray(at), open))),
    refused,
  ]);
};

const unfinished: RowInit[] = unfinishedTexts.flatMap(({ name, hex }) => [
  row('8.1', `A text that ends behind ${name} is refused`, [send(text(fromHex(`61${hex}`))), refused]),
]);

const unfinishedFragments: RowInit[] = unfinishedTexts
  .slice(0, 4)
  .map(({ name, hex }) =>
    row('8.1', `A message whose last fragment ends behind ${name} is refused only there`, [
      send(text('a', open), more(fromHex(hex), open)),
      quiet,
      send(more()),
      refused,
    ]),
  );

const whereItShows: readonly GroupInit[] = [
  group(
    'Refused as soon as it shows, inside a frame',
    invalidTexts.flatMap(([, texts]) => texts.slice(0, 6)).map(inMidFrame),
  ),
  group(
    'Refused as soon as it shows, inside a message',
    invalidTexts.flatMap(([, texts]) => texts.slice(-4)).map(inMidMessage),
  ),
];

/** Text is UTF-8, to the byte, and what is not is refused when it arrives. */
export const utf8: Section = section(6, 'UTF-8', [
  group(
    'Text comes back',
    row('8.1', 'Letters of one to four bytes in one frame', [send(text(mixed)), echoesText(mixed)]),
    row('8.1', 'Letters of one to four bytes in two fragments', [
      send({ opcode: 1, fragments: mixed, ofBytes: 20 }),
      echoesText(mixed),
    ]),
    row('8.1', 'Letters of one to four bytes in fragments of one byte', [
      send({ opcode: 1, fragments: mixed, ofBytes: 1 }),
      echoesText(mixed),
    ]),
    row('8.1', 'Letters of one to four bytes in fragments of three bytes', [
      send({ opcode: 1, fragments: mixed, ofBytes: 3 }),
      echoesText(mixed),
    ]),
    row('8.1', 'Letters of one to four bytes in TCP segments of one byte', [
      chopped(1, text(mixed)),
      echoesText(mixed),
    ]),
    row('8.1', 'Greek in one frame', [send(text(greek)), echoesText(greek)]),
    row('8.1', 'Greek in fragments of one byte with pings between', [
      [...Buffer.from(greek)].flatMap((byte, index, bytes) => [
        send(
          index === 0 ? text(Buffer.of(byte), open) : more(Buffer.of(byte), { fin: index === bytes.length - 1 }),
          ...(index < bytes.length - 1 ? [ping(String(index))] : []),
        ),
        ...(index < bytes.length - 1 ? pongs(String(index)) : []),
      ]),
      echoesText(greek),
    ]),
    row('8.1', 'A character that is cut by an empty fragment', [
      send(text(fromHex('f0 9d'), open), more('', open), more(fromHex('84 9e'))),
      echoesText('𝄞'),
    ]),
    row('8.1', 'A character that is cut by the parts of a frame', [
      send(upTo(2, text('𝄞'))),
      quiet,
      send(within(2, 3, text('𝄞'))),
      quiet,
      send(from(3, text('𝄞'))),
      echoesText('𝄞'),
    ]),
    row('8.1', 'A text of 65,536 characters of four bytes in fragments of 1,021 bytes', [
      send({ opcode: 1, fragments: { fill: '𝄞', bytes: 262_144 }, ofBytes: 1021 }),
      echoesText({ fill: '𝄞', bytes: 262_144 }),
    ]),
    row('8.1', 'All 128 characters of ASCII, the control characters too', [
      send(text(chars(...Array(128).keys()))),
      echoesText(chars(...Array(128).keys())),
    ]),
    row('8.1', 'U+FEFF at the start, in the middle and alone is kept', [
      send(text('\ufeff'), text('\ufeffa\ufeff'), text('\ufeff\ufeff')),
      echoesText('\ufeff'),
      echoesText('\ufeffa\ufeff'),
      echoesText('\ufeff\ufeff'),
    ]),
    row('8.1', 'U+FEFF that is cut by fragments is kept', [
      send(text(fromHex('ef'), open), more(fromHex('bb bf 61'))),
      echoesText('\ufeffa'),
    ]),
    row('8.1', 'The 34 code points that end in FFFE and FFFF are no characters, but may travel', [
      send(text(chars(...nonCharacters))),
      echoesText(chars(...nonCharacters)),
    ]),
    row('8.1', 'U+FDD0 to U+FDEF are no characters, but may travel', [
      send(text(chars(...arabicNonCharacters))),
      echoesText(chars(...arabicNonCharacters)),
    ]),
    row('8.1', 'Letters with marks are not composed, nor taken apart', [
      send(text('e\u0301 \u00e9 \u1112\u1161\u11ab \ud55c')),
      echoesText('e\u0301 \u00e9 \u1112\u1161\u11ab \ud55c'),
    ]),
  ),
  group(
    'The edges of the ranges',
    edgeTexts.map(({ name, hex }) => comesBack(name, hex)),
  ),
  ...invalidTexts.map(([title, texts]) => group(title, texts.map(wholeFrame))),
  ...whereItShows,
  group(
    'Refused, and what was before',
    row('8.1', 'A text before the wrong one, in one TCP segment, comes back', [
      send(text(greek), text(fromHex('ff'))),
      echoesText(greek),
      refused,
    ]),
    row('8.1', 'A wrong byte behind 100,000 right ones is refused before the frame is whole', [
      send(upTo(100_000, text(Buffer.concat([Buffer.alloc(100_000, '*'), fromHex('ff'), tail])))),
      quiet,
      send(within(100_000, 100_001, text(Buffer.concat([Buffer.alloc(100_000, '*'), fromHex('ff'), tail])))),
      refused,
    ]),
    row('8.1', 'A wrong byte in TCP segments of one byte is refused, and the rest is not read', [
      chopped(1, text(Buffer.concat([Buffer.from(greek), fromHex('ed a0 80'), tail]))),
      refused,
    ]),
    row('8.1', 'A wrong text in fragments of one byte is refused', [
      send({ opcode: 1, fragments: Buffer.concat([Buffer.from(greek), fromHex('ed a0 80'), tail]), ofBytes: 1 }),
      refused,
    ]),
    row('8.1', 'A wrong text does not wait for the ping that comes between its fragments', [
      send(text(fromHex('61 ff'), open), ping(), more('b')),
      refused,
    ]),
    row('8.1', 'A character that is cut by the end of a message does not go on in the next', [
      send(text(fromHex('61 c3')), text(fromHex('a9 62'))),
      refused,
    ]),
    row('8.1', 'A text of a million stars and one wrong byte at its end is refused', [
      send(
        { opcode: 1, fragments: stars(1_000_000), ofBytes: 250_000 },
        text(Buffer.concat([Buffer.alloc(1_000_000, '*'), fromHex('80')])),
      ),
      echoesText(stars(1_000_000)),
      refused,
    ]),
  ),
  group('Cut short at the end', unfinished, unfinishedFragments),
  group(
    'Not text',
    row('5.6', 'Bytes that are no text come back as a binary message', [
      send(binary(fromHex('ff fe 80 c0 ed a0 80'))),
      echoesBinary(fromHex('ff fe 80 c0 ed a0 80')),
    ]),
    row('5.6', 'Bytes that are no text, in fragments, come back as a binary message', [
      send({ opcode: 2, fragments: fromHex('ff fe 80 c0 ed a0 80'), ofBytes: 2 }),
      echoesBinary(fromHex('ff fe 80 c0 ed a0 80')),
    ]),
    row('5.5.2', 'A ping between fragments of text may carry bytes that are no text', [
      send(text('a', open), ping(fromHex('ff 80')), more('b')),
      pongs(fromHex('ff 80')),
      echoesText('ab'),
    ]),
  ),
]);
