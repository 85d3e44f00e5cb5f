import type { RowInit, Section, Step } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  answers,
  binary,
  echoesBinary,
  echoesText,
  hearsMessage,
  ping,
  pongs,
  send,
  stars,
  text,
} from '../row/words.ts';
import { type Fill, type Payload, toBytes } from '../wire/payload.ts';

const notes: Fill = { fill: '𝄞', bytes: 65_536 };

const fromPeer = (rule: string, bytes: number, ofBytes: number): RowInit[] => [
  row('5.4', `${rule}: text`, [send({ opcode: 1, fragments: stars(bytes), ofBytes }), echoesText(stars(bytes))]),
  row('5.4', `${rule}: binary`, [send({ opcode: 2, fragments: stars(bytes), ofBytes }), echoesBinary(stars(bytes))]),
];

/** Our side sends this in fragments of so many bytes. */
function inFragments(opcode: 1 | 2, payload: Payload, ofBytes: number): Step[] {
  const bytes = toBytes(payload);
  const count = Math.max(1, Math.ceil(bytes.length / ofBytes));
  return Array.from({ length: count }, (_, index) =>
    answers(index === 0 ? opcode : 0, bytes.subarray(index * ofBytes, (index + 1) * ofBytes), {
      fin: index === count - 1,
    }),
  );
}

const fromUs = (rule: string, payload: Payload, maxFragmentBytes: number): RowInit =>
  row('5.4', rule, [send(text(payload)), hearsMessage({ text: payload }), inFragments(1, payload, maxFragmentBytes)], {
    through: 'protocol',
    limits: { maxFragmentBytes },
  });

/** A side that cuts all that it sends. */
export const autoFragmentation: Section = section(10, 'Auto-fragmentation', [
  group(
    'The peer cuts',
    fromPeer('65,536 bytes in fragments of 1,300', 65_536, 1300),
    fromPeer('65,536 bytes in fragments of 1,024, the last as long as the others', 65_536, 1024),
    fromPeer('1 MiB in fragments of 8,191', 1_048_576, 8191),
    row('5.4', 'Characters of four bytes in fragments of 1,301 are cut by each of them', [
      send({ opcode: 1, fragments: notes, ofBytes: 1301 }),
      echoesText(notes),
    ]),
  ),
  group(
    'Our side cuts',
    fromUs('A text of as many bytes as a fragment may have goes in one frame', 'four', 4),
    fromUs('A text of one byte more goes in two', 'fours', 4),
    fromUs('A text of three times as many bytes goes in three fragments', 'fourfourfour', 4),
    fromUs('An empty text goes in one frame', '', 4),
    fromUs('A text in fragments of one byte', 'fragment', 1),
    fromUs('Characters of four bytes in fragments of three bytes', '𝄞𝄞𝄞', 3),
    fromUs('65,536 bytes in fragments of 1,300', stars(65_536), 1300),
    row(
      '5.4',
      'A binary message is cut too, and a pong goes whole',
      [
        send(binary('fourfou')),
        hearsMessage({ binary: 'fourfou' }),
        inFragments(2, 'fourfou', 4),
        send(ping('more than four')),
        pongs('more than four'),
      ],
      { through: 'protocol', limits: { maxFragmentBytes: 4 } },
    ),
  ),
]);
