import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  behindHead,
  binary,
  chopped,
  echoesBinary,
  echoesText,
  from,
  headOf,
  ping,
  pongs,
  quiet,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';

/** Around each change of the length's form. */
const sizes = [0, 1, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537];

const oneText = (bytes: number): RowInit =>
  row('5.2', `A text of ${bytes} bytes comes back`, [send(text(stars(bytes))), echoesText(stars(bytes))]);

const oneBinary = (bytes: number): RowInit => {
  const payload = { fill: '\u00fe', bytes };
  return row('5.2', `A binary message of ${bytes} bytes comes back`, [send(binary(payload)), echoesBinary(payload)]);
};

const halves = text('divided in half');

const chops: readonly (readonly [bytes: number, chopBytes: number])[] = [
  [0, 1],
  [125, 1],
  [126, 1],
  [300, 7],
  [65_535, 997],
  [65_536, 997],
  [65_536, 4096],
];

const choppedText = ([bytes, chopBytes]: (typeof chops)[number]): RowInit =>
  row('5.2', `A text of ${bytes} bytes in TCP segments of ${chopBytes} comes back`, [
    chopped(chopBytes, text(stars(bytes))),
    echoesText(stars(bytes)),
  ]);

/** Messages of one frame: lengths, kinds, and how they share TCP segments. */
export const framing: Section = section(1, 'Framing', [
  group('Text of one frame', sizes.map(oneText)),
  group('Binary of one frame', sizes.map(oneBinary)),
  group('In pieces', chops.map(choppedText)),
  group(
    'Several in a piece',
    row('5.2', 'Two texts in one TCP segment come back as two, in order', [
      send(text('first'), text('second')),
      echoesText('first'),
      echoesText('second'),
    ]),
    row('5.6', 'Text and binary in one TCP segment keep their kinds and their order', [
      send(text('a'), binary(Buffer.of(0)), text('b'), binary(Buffer.of(255))),
      echoesText('a'),
      echoesBinary(Buffer.of(0)),
      echoesText('b'),
      echoesBinary(Buffer.of(255)),
    ]),
    row('5.6', 'Empty messages between others are messages', [
      send(text(), binary(), text('x'), text(), binary()),
      echoesText(''),
      echoesBinary(''),
      echoesText('x'),
      echoesText(''),
      echoesBinary(''),
    ]),
    row('5.2', 'A thousand texts in one TCP segment come back in order', [
      send({ frame: text('tick'), times: 999 }, text('tock')),
      echoesText('tick', 999),
      echoesText('tock'),
    ]),
    row('5.2', 'A frame whose second half comes with the next frame is one message of two', [
      send(upTo(7, halves)),
      quiet,
      send(from(7, halves), text('next')),
      echoesText('divided in half'),
      echoesText('next'),
    ]),
    row('5.2', 'A header that is cut inside its length says nothing yet', [
      send(headOf(3, text(stars(300)))),
      quiet,
      send(behindHead(3, text(stars(300)))),
      echoesText(stars(300)),
    ]),
    row('5.2', 'A whole header without its payload says nothing yet', [
      send(upTo(0, halves)),
      quiet,
      send(from(0, halves)),
      echoesText('divided in half'),
    ]),
    row(
      '4.1',
      'Frames in one TCP segment with the response of the handshake belong to the connection',
      [{ ...send(ping('early'), text('bird')), withHandshake: true }, pongs('early'), echoesText('bird')],
      { roles: ['client'] },
    ),
  ),
]);
