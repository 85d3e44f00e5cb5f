import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  answers,
  binary,
  burst,
  close,
  closes,
  echoesBinary,
  echoesText,
  fails,
  hears,
  more,
  ping,
  pong,
  hearsPong,
  pongs,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';

const open: { fin: false } = { fin: false };
const MiB = 1_048_576;

/** One frame may be as long as a message. */
const messages = { limits: { maxMessageBytes: 1000, maxFrameBytes: 1000 } };
const frames = { limits: { maxFrameBytes: 10, maxMessageBytes: 1000 } };
const fragments = { limits: { maxFragments: 3 } };
const overhead = { limits: { maxFragmentOverheadBytes: 640 } };
const pongLimit = { limits: { maxPendingPongs: 4 } };

const counted = (count: number) => Array.from({ length: count }, (_, index) => `ping ${index + 1}`);
const empties = (times: number) => ({ frame: more('', open), times });

const pingsAtOnce = (rule: string, count: number): RowInit =>
  row(
    '5.5.3',
    rule,
    [
      burst(...counted(count).map((payload) => ping(payload))),
      counted(count).map((payload) => hears({ type: 'ping', payload })),
      counted(count)
        .slice(-4)
        .map((payload) => answers(10, payload)),
    ],
    pongLimit,
  );

/** What our side takes from a peer, at each limit and one over. */
export const limits: Section = section(11, 'Limits', [
  group(
    'Bytes of a message',
    row('10.4', 'A text as long as the limit comes back', [send(text(stars(1000))), echoesText(stars(1000))], messages),
    row(
      '10.4',
      'A text in fragments as long as the limit comes back',
      [send(text(stars(600), open), more(stars(400))), echoesText(stars(1000))],
      messages,
    ),
    row(
      '10.4',
      'A text of one byte more is refused by its header',
      [send(upTo(0, text(stars(1001)))), fails('frame-too-large', 1009)],
      messages,
    ),
    row(
      '10.4',
      'The fragment that makes a message one byte too long is refused by its header',
      [send(text(stars(600), open), upTo(0, more(stars(401)))), fails('message-too-large', 1009)],
      messages,
    ),
    row(
      '10.4',
      'An empty fragment at the limit is allowed',
      [send(binary(stars(1000), open), more('', open), more()), echoesBinary(stars(1000))],
      messages,
    ),
    row(
      '10.4',
      'Each message has the whole limit',
      [
        send(text(stars(600), open), more(stars(400)), text(stars(1000)), binary(stars(600), open), more(stars(400))),
        echoesText(stars(1000), 2),
        echoesBinary(stars(1000)),
      ],
      messages,
    ),
    row(
      '10.4',
      'A text before the one that is too long, in one TCP segment, comes back',
      [send(text('short'), text(stars(1001))), echoesText('short'), fails('frame-too-large', 1009)],
      messages,
    ),
    row('10.4', 'By default a frame of 16 MiB and one byte is refused by its header', [
      send(upTo(0, binary('', { announced: BigInt(16 * MiB + 1) }))),
      fails('frame-too-large', 1009),
    ]),
    row('10.4', 'By default fragments of more than 16 MiB are refused by the header of the last', [
      send(binary(stars(MiB), open), upTo(0, more('', { announced: BigInt(15 * MiB + 1) }))),
      fails('message-too-large', 1009),
    ]),
  ),
  group(
    'Bytes of a frame',
    row('10.4', 'A frame as long as the limit comes back', [send(text(stars(10))), echoesText(stars(10))], frames),
    row(
      '10.4',
      'A message of frames as long as the limit comes back',
      [send({ opcode: 1, fragments: stars(95), ofBytes: 10 }), echoesText(stars(95))],
      frames,
    ),
    row(
      '10.4',
      'A frame of one byte more is refused by its header',
      [send(upTo(0, text(stars(11)))), fails('frame-too-large', 1009)],
      frames,
    ),
    row(
      '10.4',
      'A fragment of one byte more is refused by its header',
      [send(text(stars(10), open), upTo(0, more(stars(11)))), fails('frame-too-large', 1009)],
      frames,
    ),
    row(
      '5.5',
      'A ping of 125 bytes is answered whatever the limit',
      [send(ping(stars(125))), pongs(stars(125))],
      frames,
    ),
    row(
      '5.5',
      'A pong of 125 bytes is heard whatever the limit',
      [send(pong(stars(125))), hearsPong(stars(125))],
      frames,
    ),
    row(
      '5.5',
      'A close frame of 125 bytes is heard whatever the limit',
      [send(close(1000, 'x'.repeat(123))), closes(1000, 'x'.repeat(123))],
      frames,
    ),
  ),
  group(
    'Fragments of a message',
    row(
      '10.4',
      'A message of as many fragments as the limit comes back',
      [send({ opcode: 1, fragments: 'abc', ofBytes: 1 }), echoesText('abc')],
      fragments,
    ),
    row(
      '10.4',
      'One fragment more is refused',
      [send({ opcode: 1, fragments: 'abcd', ofBytes: 1 }), fails('too-many-fragments', 1008)],
      fragments,
    ),
    row(
      '10.4',
      'One fragment more is refused by its header',
      [
        send(text('a', open), more('b', open), more('c', open), upTo(0, more(stars(300)))),
        fails('too-many-fragments', 1008),
      ],
      fragments,
    ),
    row(
      '10.4',
      'Each message has the whole limit of fragments',
      [
        send({ opcode: 1, fragments: 'abc', ofBytes: 1 }, { opcode: 2, fragments: 'def', ofBytes: 1 }),
        echoesText('abc'),
        echoesBinary('def'),
      ],
      fragments,
    ),
    row(
      '10.4',
      'Messages of one frame are no fragments',
      [send({ frame: text('whole'), times: 10 }), echoesText('whole', 10)],
      fragments,
    ),
    row(
      '10.4',
      'Control frames between are no fragments',
      [
        send(text('a', open), ping('1'), more('b', open), ping('2'), pong('3'), more('c')),
        pongs('1'),
        pongs('2'),
        hearsPong('3'),
        echoesText('abc'),
      ],
      fragments,
    ),
    row('10.4', 'By default 131,072 fragments are allowed', [
      send({ opcode: 2, fragments: stars(131_072 * 64), ofBytes: 64 }),
      echoesBinary(stars(131_072 * 64)),
    ]),
    row('10.4', 'By default the fragment behind 131,072 is refused', [
      send(binary(stars(64), open), { frame: more(stars(64), open), times: 131_071 }, more(stars(64))),
      fails('too-many-fragments', 1008),
    ]),
  ),
  group(
    'Fragments that bring nothing',
    row(
      '10.4',
      'Ten empty fragments, 64 bytes short each, are within a limit of 640',
      [send(text('', open), empties(8), more()), echoesText('')],
      overhead,
    ),
    row(
      '10.4',
      'The eleventh empty fragment is refused',
      [send(text('', open), empties(10)), fails('fragment-overhead', 1008)],
      overhead,
    ),
    row(
      '10.4',
      'Fragments of one byte are 63 bytes short each',
      [send({ opcode: 1, fragments: 'tenletters', ofBytes: 1 }), echoesText('tenletters')],
      overhead,
    ),
    row(
      '10.4',
      'The eleventh fragment of one byte is refused',
      [send({ opcode: 1, fragments: 'elevenchars', ofBytes: 1 }), fails('fragment-overhead', 1008)],
      overhead,
    ),
    row(
      '10.4',
      'Fragments of 64 bytes are short of nothing',
      [send({ opcode: 1, fragments: stars(6400), ofBytes: 64 }), echoesText(stars(6400))],
      overhead,
    ),
    row(
      '10.4',
      'Each message has the whole limit of overhead',
      [
        send({ opcode: 1, fragments: 'tenletters', ofBytes: 1 }, { opcode: 2, fragments: 'tenletters', ofBytes: 1 }),
        echoesText('tenletters'),
        echoesBinary('tenletters'),
      ],
      overhead,
    ),
    row(
      '10.4',
      'Messages of one frame are short of nothing',
      [send({ frame: text(), times: 100 }), echoesText('', 100)],
      overhead,
    ),
    row('10.4', 'By default 16,384 empty fragments are allowed', [
      send(binary('', open), empties(16_382), more()),
      echoesBinary(''),
    ]),
    row('10.4', 'By default the empty fragment behind 16,384 is refused', [
      send(binary('', open), empties(16_384)),
      fails('fragment-overhead', 1008),
    ]),
  ),
  group(
    'Pings at once',
    pingsAtOnce('As many pings in one TCP segment as the limit are all answered', 4),
    pingsAtOnce('Of one ping more the latest four are answered', 5),
    pingsAtOnce('Of a hundred pings the latest four are answered', 100),
    row(
      '5.5.3',
      'Pings one after the other are all answered, whatever the limit',
      [counted(20).flatMap((payload) => [send(ping(payload)), ...pongs(payload)])],
      pongLimit,
    ),
  ),
]);
