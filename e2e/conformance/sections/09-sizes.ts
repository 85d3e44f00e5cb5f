import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import { binary, chopped, echoesBinary, echoesText, send, text } from '../row/words.ts';
import type { Fill } from '../wire/payload.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const sizes = [64 * KiB, 256 * KiB, MiB, 4 * MiB, 8 * MiB, 16 * MiB];
const fragments = [64, 256, KiB, 4 * KiB, 16 * KiB, 64 * KiB, 256 * KiB, MiB, 4 * MiB];
const segments = [64, 128, 256, 512, KiB, 2 * KiB];
const small = [0, 16, 64, 256, KiB, 4 * KiB];
const large = [16 * KiB, 64 * KiB];

/** Text in characters of one to four bytes, and bytes that are no text. */
const words = (bytes: number): Fill => ({ fill: 'kelp, ', bytes });
const noise = (bytes: number): Fill => ({ fill: 'þé', bytes });
const shown = (bytes: number) =>
  bytes >= MiB ? `${bytes / MiB} MiB` : bytes >= KiB ? `${bytes / KiB} KiB` : `${bytes} bytes`;

const oneText = (bytes: number): RowInit =>
  row('5.6', `A text of ${shown(bytes)} in one frame`, [send(text(words(bytes))), echoesText(words(bytes))]);

const oneBinary = (bytes: number): RowInit =>
  row('5.6', `A binary message of ${shown(bytes)} in one frame`, [
    send(binary(noise(bytes))),
    echoesBinary(noise(bytes)),
  ]);

const textInFragments = (ofBytes: number): RowInit =>
  row('5.4', `A text of 4 MiB in fragments of ${shown(ofBytes)}`, [
    send({ opcode: 1, fragments: words(4 * MiB), ofBytes }),
    echoesText(words(4 * MiB)),
  ]);

const binaryInFragments = (ofBytes: number): RowInit =>
  row('5.4', `A binary message of 4 MiB in fragments of ${shown(ofBytes)}`, [
    send({ opcode: 2, fragments: noise(4 * MiB), ofBytes }),
    echoesBinary(noise(4 * MiB)),
  ]);

const textInSegments = (chopBytes: number): RowInit =>
  row('5.6', `A text of 1 MiB in TCP segments of ${shown(chopBytes)}`, [
    chopped(chopBytes, text(words(MiB))),
    echoesText(words(MiB)),
  ]);

const binaryInSegments = (chopBytes: number): RowInit =>
  row('5.6', `A binary message of 1 MiB in TCP segments of ${shown(chopBytes)}`, [
    chopped(chopBytes, binary(noise(MiB))),
    echoesBinary(noise(MiB)),
  ]);

const roundTrips = (bytes: number): RowInit[] => [
  row('5.6', `A thousand round trips of a text of ${shown(bytes)}`, [
    Array.from({ length: 1000 }, () => [send(text(words(bytes))), ...echoesText(words(bytes))]).flat(),
  ]),
  row('5.6', `A thousand round trips of a binary message of ${shown(bytes)}`, [
    Array.from({ length: 1000 }, () => [send(binary(noise(bytes))), ...echoesBinary(noise(bytes))]).flat(),
  ]),
];

const stream = (bytes: number): RowInit[] => [
  row('5.6', `A hundred texts of ${shown(bytes)} at once`, [
    send({ frame: text(words(bytes)), times: 100 }),
    echoesText(words(bytes), 100),
  ]),
  row('5.6', `A hundred binary messages of ${shown(bytes)} at once`, [
    send({ frame: binary(noise(bytes)), times: 100 }),
    echoesBinary(noise(bytes), 100),
  ]),
];

const many = 1_000_000;

/** Long messages, and many. */
export const sizesAndAmounts: Section = section(9, 'Sizes and amounts', [
  group('Text in one frame', sizes.map(oneText)),
  group('Binary in one frame', sizes.map(oneBinary)),
  group('Text in fragments', fragments.map(textInFragments)),
  group('Binary in fragments', fragments.map(binaryInFragments)),
  group('Text in TCP segments', segments.map(textInSegments)),
  group('Binary in TCP segments', segments.map(binaryInSegments)),
  group('Round trips', small.flatMap(roundTrips)),
  group('Streams', large.flatMap(stream)),
  group(
    'A million messages',
    row(
      '5.6',
      'A million texts of 4 bytes come back in order',
      [send({ frame: text('tick'), times: many - 1 }, text('tock')), echoesText('tick', many - 1), echoesText('tock')],
      { isLong: true },
    ),
    row(
      '5.6',
      'A million empty binary messages come back',
      [send({ frame: binary(), times: many }), echoesBinary('', many)],
      { isLong: true },
    ),
  ),
]);
