import { constants } from 'node:zlib';
import {
  agreedOn,
  compressedFrames,
  deflated,
  deflatedSeries,
  deflatedToTheEnd,
  inBlocks,
} from '../row/compression.ts';
import type { PeerFrame, RowCompression, RowInit, SendItem, Section, Step } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  app,
  binary,
  chopped,
  compressedBinary,
  compressedText,
  echoesCompressed,
  echoesText,
  hearsPong,
  more,
  ping,
  pong,
  pongs,
  quiet,
  send,
  stars,
  text,
} from '../row/words.ts';
import { fromHex, type Payload } from '../wire/payload.ts';
import { recordsOf } from '../wire/records.ts';

const open: { fin: false } = { fin: false };
const compression = agreedOn();
const whole = { compression };
const anew = agreedOn({ serverNoTakeover: true, clientNoTakeover: true });

const rfc = (part: string) => `RFC 7692 ${part}`;
const hello = fromHex('f2 48 cd c9 c9 07 00');
const helloAgain = fromHex('f2 00 11 00 00');
const helloAtTheEnd = fromHex('f3 48 cd c9 c9 07 00 00');
const sentence = 'the quick brown fox, the lazy dog, and the quick brown fox again; ';
const long = sentence.repeat(40);
const bytes = Buffer.from(recordsOf(20_000, 1, true));

/** What the peer sends is a text that comes back. */
const reads = (where: string, rule: string, payload: string, ...items: SendItem[]): RowInit =>
  row(rfc(where), rule, [send(...items), echoesCompressed(1, payload)], whole);

const levels: RowInit[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) =>
  reads('7.2.1', `A text of level ${level} comes back`, long, compressedText(deflated(long, { level }))),
);

const { Z_FILTERED, Z_FIXED, Z_FULL_FLUSH, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const strategies: RowInit[] = Object.entries({ Z_FILTERED, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE }).flatMap(
  ([name, strategy]) => [
    reads('7.2.1', `A text by ${name} comes back`, long, compressedText(deflated(long, { strategy }))),
    row(
      rfc('7.2.1'),
      `Bytes by ${name} come back`,
      [send(compressedBinary(deflated(bytes, { strategy }))), echoesCompressed(2, bytes)],
      whole,
    ),
  ],
);

const narrow: RowInit[] = [9, 10, 11, 12, 13, 14].map((windowBits) =>
  row(
    rfc('7.1.2'),
    `Bytes by a window of 2^${windowBits}, smaller than agreed on, come back`,
    [send(compressedBinary(deflated(bytes, { windowBits, memLevel: 1 }))), echoesCompressed(2, bytes)],
    whole,
  ),
);

const cut = (ofBytes: number): RowInit =>
  row(
    rfc('6.1'),
    `A compressed text in fragments of ${ofBytes} comes back`,
    [send(...compressedFrames(1, deflated(long), ofBytes)), echoesCompressed(1, long)],
    whole,
  );

/** A control frame behind each fragment but the last. */
const woven = (frames: readonly PeerFrame[], between: PeerFrame): PeerFrame[] =>
  frames.flatMap((frame, at) => (at < frames.length - 1 ? [frame, between] : [frame]));

const tens = compressedFrames(1, deflated(long), 10);
const [first, second] = deflatedSeries(sentence, sentence) as [Buffer, Buffer];

/** A message of the window so far, another thing, and one that looks back on the first. */
const between = (rule: string, items: readonly SendItem[], steps: readonly Step[]): RowInit =>
  row(
    rfc('7.2.2'),
    rule,
    [
      send(compressedText(first)),
      echoesCompressed(1, sentence),
      send(...items),
      steps,
      send(compressedText(second)),
      echoesCompressed(1, sentence),
    ],
    whole,
  );

/** Our app sends; the row is played by a Protocol that cuts what it sends. */
const sendsInFragments = (rule: string, opcode: 1 | 2, payload: string): RowInit => {
  const message = opcode === 1 ? { text: payload } : { binary: payload };
  return row(
    rfc('6.1'),
    rule,
    [app({ kind: 'send', message }), { do: 'answer', frame: { kind: 'compressed', opcode, payload, ofBytes: 10 } }],
    { compression, through: 'protocol', limits: { maxFragmentBytes: 10 } },
  );
};

const byDefault = agreedOn({}, true);
const anewByDefault = agreedOn({ serverNoTakeover: true, clientNoTakeover: true }, true);

/** A plain text of the peer comes back plain, or compressed. */
const plain = (rule: string, agreed: RowCompression, payload: Payload): RowInit =>
  row(rfc('6.1'), rule, [send(text(payload)), echoesText(payload)], { compression: agreed });
const packed = (rule: string, agreed: RowCompression, payload: Payload): RowInit =>
  row(rfc('6.1'), rule, [send(text(payload)), echoesCompressed(1, payload)], { compression: agreed });

/** What compressed messages look like, and what may stand between them. */
export const compressedMessages: Section = section(15, 'Compressed messages', [
  group(
    'The examples of the RFC',
    reads('7.2.3.1', '“Hello” in one block', 'Hello', compressedText(hello)),
    reads(
      '7.2.3.1',
      '“Hello” in two fragments',
      'Hello',
      compressedText(hello.subarray(0, 3), open),
      more(hello.subarray(3)),
    ),
    row(
      rfc('7.2.3.2'),
      '“Hello” twice, the second by the window of the first',
      [send(compressedText(hello), compressedText(helloAgain)), echoesCompressed(1, 'Hello', { times: 2 })],
      whole,
    ),
    reads(
      '7.2.3.3',
      '“Hello” in a block without compression',
      'Hello',
      compressedText(fromHex('00 05 00 fa ff 48 65 6c 6c 6f 00')),
    ),
    reads('7.2.3.4', '“Hello” in a block that says it is the last', 'Hello', compressedText(helloAtTheEnd)),
    row(
      rfc('7.2.3.4'),
      'The window goes on behind a block that says it is the last',
      [send(compressedText(helloAtTheEnd), compressedText(helloAgain)), echoesCompressed(1, 'Hello', { times: 2 })],
      whole,
    ),
    row(
      rfc('7.2.3.4'),
      'A block says it is the last where no window goes on',
      [
        send(compressedText(deflatedToTheEnd(sentence)), compressedText(deflated(sentence))),
        echoesCompressed(1, sentence, { times: 2 }),
      ],
      { compression: anew },
    ),
    reads(
      '7.2.3.5',
      '“Hello” in two blocks',
      'Hello',
      compressedText(fromHex('f2 48 05 00 00 00 ff ff ca c9 c9 07 00')),
    ),
    reads('7.2.3.6', 'Nothing, in an empty block without compression', '', compressedText(fromHex('00'))),
    reads('7.2.3.6', 'Nothing, in an empty block of fixed codes', '', compressedText(fromHex('02 00'))),
  ),
  group('Levels of compression', levels),
  group(
    'Ways of compression',
    strategies,
    narrow,
    reads('7.2.1', 'A text by little memory comes back', long, compressedText(deflated(long, { memLevel: 1 }))),
    reads('7.2.1', 'A text by much memory comes back', long, compressedText(deflated(long, { memLevel: 9 }))),
  ),
  group(
    'Blocks',
    reads('7.2.1', 'A text in forty blocks', long, compressedText(inBlocks(Array(40).fill(sentence)))),
    reads(
      '7.2.1',
      'A text in blocks behind each of which the window is empty',
      long,
      compressedText(inBlocks(Array(40).fill(sentence), Z_FULL_FLUSH)),
    ),
    reads('7.2.3.4', 'A long text whose last block says so', long, compressedText(deflatedToTheEnd(long))),
    reads(
      '7.2.3.4',
      'A text of three parts, each of which says that it ends there',
      sentence.repeat(3),
      compressedText(
        Buffer.concat([0, 1, 2].map(() => deflatedToTheEnd(sentence).subarray(0, -1)).concat(Buffer.of(0))),
      ),
    ),
    reads(
      '7.2.1',
      'Empty blocks before a text',
      'Hello',
      compressedText(Buffer.concat([fromHex('00 00 00 ff ff 00 00 00 ff ff'), hello])),
    ),
    reads(
      '7.2.1',
      'Empty blocks behind a text',
      'Hello',
      compressedText(Buffer.concat([hello, fromHex('00 00 ff ff 00 00 00 ff ff 00')])),
    ),
    reads(
      '7.2.1',
      'A text of 1,000 blocks of one character',
      'x'.repeat(1000),
      compressedText(inBlocks(Array(1000).fill('x'))),
    ),
  ),
  group(
    'Fragments',
    [1, 2, 3, 7, 50].map(cut),
    row(
      rfc('6.1'),
      'Compressed bytes in fragments of 100 come back',
      [send(...compressedFrames(2, deflated(bytes), 100)), echoesCompressed(2, bytes)],
      whole,
    ),
    reads(
      '6.1',
      'An empty first fragment of a compressed text is allowed',
      'Hello',
      compressedText(fromHex(''), open),
      more(hello),
    ),
    reads(
      '6.1',
      'An empty fragment in the middle of a compressed text is allowed',
      'Hello',
      compressedText(hello.subarray(0, 2), open),
      more('', open),
      more(hello.subarray(2)),
    ),
    reads(
      '6.1',
      'An empty last fragment of a compressed text is allowed',
      'Hello',
      compressedText(hello, open),
      more(),
    ),
    row(
      rfc('6.1'),
      'Compressed fragments in TCP segments of one byte are one message',
      [chopped(1, ...compressedFrames(1, hello, 2)), echoesCompressed(1, 'Hello')],
      whole,
    ),
    row(
      rfc('6.2'),
      'A compressed message is not told before its last fragment',
      [
        send(compressedText(hello, open)),
        quiet,
        send(more('', open)),
        quiet,
        send(more()),
        echoesCompressed(1, 'Hello'),
      ],
      whole,
    ),
    row(
      rfc('6.1'),
      'Pings between the fragments of a compressed text are answered before it is whole',
      [send(...woven(tens, ping('between'))), pongs('between', tens.length - 1), echoesCompressed(1, long)],
      { compression, limits: { maxPendingPongs: 1000 } },
    ),
    row(
      rfc('6.1'),
      'Pongs between the fragments of a compressed text change nothing',
      [send(...woven(tens, pong('between'))), hearsPong('between', tens.length - 1), echoesCompressed(1, long)],
      whole,
    ),
    row(
      rfc('6.1'),
      'Two compressed texts in fragments by one window',
      [
        send(...compressedFrames(1, first, 9), ...compressedFrames(1, second, 2)),
        echoesCompressed(1, sentence, { times: 2 }),
      ],
      whole,
    ),
    sendsInFragments('A compressed text of ours is sent in fragments, only the first with RSV1', 1, long),
    sendsInFragments('A compressed binary message of ours is sent in fragments, only the first with RSV1', 2, long),
  ),
  group(
    'Between compressed messages',
    between('A text that is not compressed leaves the window as it is', [text('plain')], echoesCompressed(1, 'plain')),
    between(
      'Bytes that are not compressed leave the window as it is',
      [binary(stars(500))],
      echoesCompressed(2, stars(500)),
    ),
    between(
      'Fragments that are not compressed leave the window as it is',
      [text('pl', open), more('ain')],
      echoesCompressed(1, 'plain'),
    ),
    between('A ping leaves the window as it is', [ping('between')], pongs('between')),
    between('A pong leaves the window as it is', [pong('between')], [hearsPong('between')]),
    between('An empty message leaves the window as it is', [compressedText(fromHex('00'))], echoesCompressed(1, '')),
    row(
      rfc('7.2.2'),
      'Text and bytes share a window',
      [
        send(compressedText(first), compressedBinary(second)),
        echoesCompressed(1, sentence),
        echoesCompressed(2, sentence),
      ],
      whole,
    ),
    row(
      rfc('7.2.2'),
      'A pong before the first compressed message changes nothing',
      [send(pong('first'), compressedText(hello)), hearsPong('first'), echoesCompressed(1, 'Hello')],
      whole,
    ),
    row(
      rfc('7.2.2'),
      'Each message by itself, where no window goes on',
      [
        send(...Array.from({ length: 5 }, () => compressedText(deflated(long)))),
        echoesCompressed(1, long, { times: 5 }),
      ],
      { compression: anew },
    ),
    row(
      rfc('6.1'),
      'A peer that compresses nothing is understood',
      [
        send(text('one'), binary('two'), text('three')),
        echoesCompressed(1, 'one'),
        echoesCompressed(2, 'two'),
        echoesCompressed(1, 'three'),
      ],
      whole,
    ),
  ),
  group(
    'What our side leaves as it is',
    plain('A text of 31 bytes, while its window goes on', byDefault, stars(31)),
    packed('A text of 32 bytes is compressed, while its window goes on', byDefault, stars(32)),
    plain('A text of 1,023 bytes, where its window does not go on', anewByDefault, stars(1023)),
    packed('A text of 1,024 bytes is compressed, where its window does not go on', anewByDefault, stars(1024)),
    plain('What would become no shorter, where its window does not go on', anew, 'ab'),
    plain('An empty text', byDefault, ''),
    packed('An empty text is compressed, where the app says that all is', compression, ''),
  ),
]);
