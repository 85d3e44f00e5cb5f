import { agreedOn, compressedFrames, deflated, deflatedSeries, deflatedToTheEnd } from '../row/compression.ts';
import type { PeerFrame, RowInit, Section, SendItem, Step } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  binary,
  close,
  compressedBinary,
  compressedText,
  echoesCompressed,
  echoesText,
  fails,
  headOf,
  more,
  ping,
  pong,
  pongs,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';
import { fromHex, toBytes } from '../wire/payload.ts';
import { recordsOf } from '../wire/records.ts';

const MiB = 1_048_576;
const open: { fin: false } = { fin: false };
const compression = agreedOn();
const whole = { compression };
const anew = { compression: agreedOn({ serverNoTakeover: true, clientNoTakeover: true }) };
const narrow = { compression: agreedOn({ serverBits: 9, clientBits: 9 }) };
const limit = { compression, limits: { maxMessageBytes: 1000, maxFrameBytes: 2149 } };

const rfc = (part: string) => `RFC 7692 ${part}`;
const hello = fromHex('f2 48 cd c9 c9 07 00');
const helloAgain = fromHex('f2 00 11 00 00');

const nameOf = (rsv: number) =>
  [4, 2, 1]
    .flatMap((bit, index) => (rsv & bit ? [`RSV${index + 1}`] : []))
    .join(' and ')
    .replace(/ and (?=.* and )/, ', ');

/** Frames on which these reserved bits have no meaning, though compression was agreed on. */
const reserved = (
  kind: string,
  sets: readonly number[],
  frame: (rsv: number) => PeerFrame,
  ...before: Step[]
): RowInit[] =>
  sets.map((rsv) =>
    row(
      rfc('6.1'),
      `${kind} with ${nameOf(rsv)} is refused, though compression was agreed on`,
      [...before, send(frame(rsv)), fails('reserved-bits')],
      whole,
    ),
  );

const withoutRsv1 = [1, 2, 3, 5, 6, 7];
const begun = send(compressedText(hello.subarray(0, 2), open));

const notAgreed: RowInit[] = [
  { kind: 'text', frame: compressedText(hello) },
  { kind: 'binary message', frame: compressedBinary(hello) },
  { kind: 'first fragment', frame: compressedText(hello, open) },
].map(({ kind, frame }) =>
  row(
    rfc('6'),
    `A compressed ${kind} is refused where the server took up no offer`,
    [send(frame), fails('reserved-bits')],
    {
      compression: {
        client: { options: true, offered: 'permessage-deflate; client_max_window_bits', agreed: '' },
        server: { options: false, offered: 'permessage-deflate; client_max_window_bits', agreed: '' },
      },
    },
  ),
);

const refused = (rule: string, ...items: SendItem[]): RowInit =>
  row(rfc('7.2.2'), rule, [send(...items), fails('deflate-invalid', 1007)], whole);

const stored = (payload: string) => deflated(payload, { level: 0 });
const dynamic = deflated(recordsOf(5000, 1, false));

const garbage: RowInit[] = [
  { name: 'a block of a type that there is not', hex: '06' },
  { name: 'a block of a type that there is not, behind a right one', hex: '02 07' },
  { name: 'a block without compression whose lengths do not fit', hex: '00 05 00 00 00 48 65 6c 6c 6f 00' },
  { name: 'a reference to before the beginning', hex: 'f2 00 11 00 00' },
  { name: 'a code of lengths that is none', hex: '04 c0 ff ff ff ff ff ff ff' },
  { name: 'a block that is cut within its codes', hex: '3c 00' },
  { name: 'bytes behind a block that says it is the last', hex: 'f3 48 cd c9 c9 07 00 ff' },
  { name: 'a block that says it is the last, and nothing behind it', hex: 'f3 48 cd c9 c9 07 00' },
  { name: 'no bytes at all', hex: '' },
  { name: 'bytes of chance', hex: 'de ad be ef ca fe ba be' },
  { name: 'text that is not compressed', hex: '48 65 6c 6c 6f 2c 20 77 6f 72 6c 64' },
].map(({ name, hex }) => refused(`With RSV1 and ${name} a message is refused`, compressedBinary(fromHex(hex))));

const truncated: RowInit[] = [1, 2, 3, 10, 50].map((count) =>
  refused(
    `A compressed message without its last ${count} bytes is refused`,
    compressedBinary(dynamic.subarray(0, -count)),
  ),
);

/** Texts that are not UTF-8, compressed. */
const notText: RowInit[] = [
  { name: 'a byte that begins nothing', hex: '48 ff' },
  { name: 'half a character', hex: '48 c3' },
  { name: 'a character in too many bytes', hex: 'c0 af' },
  { name: 'a surrogate', hex: 'ed a0 80' },
  { name: 'U+110000', hex: 'f4 90 80 80' },
].flatMap(({ name, hex }) => [
  row(
    '8.1',
    `A text that inflates to ${name} is refused`,
    [send(compressedText(deflated(fromHex(hex)))), fails('utf8-invalid', 1007)],
    whole,
  ),
  row(
    '8.1',
    `A text that inflates to ${name}, in fragments of one byte, is refused`,
    [send(...compressedFrames(1, deflated(fromHex(hex)), 1)), fails('utf8-invalid', 1007)],
    whole,
  ),
]);

/** What inflates to these parts, each in a block of its own, so that a fragment ends with each. */
const parts = (...hexes: string[]): PeerFrame[] =>
  hexes.map((hex, at) => {
    const fin = at === hexes.length - 1;
    const block = Buffer.concat([deflated(fromHex(hex)), fin ? Buffer.of() : fromHex('00 00 ff ff')]);
    return at === 0 ? compressedText(block, { fin }) : more(block, { fin });
  });

/** A thousand bytes by themselves, and then looked back on from further than a window of 2^9. */
const farPayload = recordsOf(1000, 3, true);
/** The payload, and the same by what stands a thousand bytes back: written out, since not every zlib takes a dictionary. */
const farBack = [deflated(farPayload), fromHex('c2 ea 8f d1 7c 3e 9a cf 47 f3 f9 b0 ca e7 00 00')] as const;

const bomb = deflated(Buffer.alloc(64 * MiB));

/** Compressed messages that are refused: bits, blocks, text and limits. */
export const compressionFaults: Section = section(16, 'Faults of compression', [
  group(
    'Reserved bits',
    reserved('A text', withoutRsv1, (rsv) => text(hello, { rsv })),
    reserved('A binary frame', withoutRsv1, (rsv) => binary(hello, { rsv })),
    reserved('A continuation of a compressed message', [1, 2, 4, 7], (rsv) => more(hello.subarray(2), { rsv }), begun),
    reserved(
      'A continuation of a message that is not compressed',
      [4],
      (rsv) => more('lo', { rsv }),
      send(text('Hel', open)),
    ),
    reserved('A fragment in the middle', [4], (rsv) => more(hello.subarray(2, 4), { rsv, ...open }), begun),
    reserved('A ping', [1, 2, 4, 7], (rsv) => ping('Hello', { rsv })),
    reserved('A ping between fragments', [4], (rsv) => ping('Hello', { rsv }), begun),
    reserved('A pong', [1, 2, 4, 7], (rsv) => pong('Hello', { rsv })),
    reserved('A close frame', [1, 2, 4, 7], (rsv) => close(1000, 'bye', { rsv })),
    reserved('A close frame that is compressed', [4], (rsv) => ({
      opcode: 8,
      payload: deflated(fromHex('03 e8')),
      rsv,
    })),
    row(
      rfc('6.1'),
      'A ping with RSV1 is refused by its first byte',
      [send(headOf(1, ping('', { rsv: 4 }))), fails('reserved-bits')],
      whole,
    ),
    row(
      rfc('6.1'),
      'A continuation with RSV1 is refused by its first byte',
      [begun, send(headOf(1, more(hello, { rsv: 4 }))), fails('reserved-bits')],
      whole,
    ),
  ),
  group('Not agreed on', notAgreed),
  group(
    'What is not deflate',
    garbage,
    truncated,
    refused('A block without compression that is cut is refused', compressedBinary(stored('Hello').subarray(0, 7))),
    refused(
      'A second fragment that is no deflate is refused',
      compressedText(hello.subarray(0, 3), open),
      more(fromHex('ff ff ff')),
    ),
    refused('A text that is no deflate is refused as such', compressedText(fromHex('06'))),
    row(
      rfc('7.2.2'),
      'A message before one that is no deflate, in one TCP segment, comes back',
      [
        send(compressedText(hello), compressedText(fromHex('06'))),
        echoesCompressed(1, 'Hello'),
        fails('deflate-invalid', 1007),
      ],
      whole,
    ),
    row(
      rfc('7.2.2'),
      'A message that looks back on the one before is refused where no window goes on',
      [send(compressedText(hello), compressedText(helloAgain)), echoesText('Hello'), fails('deflate-invalid', 1007)],
      anew,
    ),
    row(
      rfc('7.2.2'),
      'A message that looks back further than the window that was agreed on is refused',
      [
        send(compressedBinary(farBack[0]), compressedBinary(farBack[1])),
        echoesCompressed(2, farPayload),
        fails('deflate-invalid', 1007),
      ],
      narrow,
    ),
    row(
      rfc('7.2.2'),
      'A message whose many blocks all say that they are the last is refused',
      [send(compressedBinary(Buffer.alloc(2000, fromHex('03 00')))), fails('deflate-invalid', 1007)],
      whole,
    ),
  ),
  group(
    'What is not text',
    notText,
    row(
      '8.1',
      'A compressed text in fragments that end in the middle of characters comes back',
      [send(...parts('c3', 'a9 e2', '82', 'ac')), echoesCompressed(1, 'é€')],
      whole,
    ),
    row(
      '8.1',
      'A character that the next fragment does not go on with is refused',
      [send(...parts('c3', '48')), fails('utf8-invalid', 1007)],
      whole,
    ),
    row(
      '8.1',
      'A byte that begins nothing is refused in the first fragment, before the message is whole',
      [send(parts('48 ff', '48')[0] as PeerFrame), fails('utf8-invalid', 1007)],
      whole,
    ),
    row(
      '8.1',
      'A text before one that is not UTF-8, in one TCP segment, comes back',
      [
        send(compressedText(hello), compressedText(deflated(fromHex('ff')))),
        echoesCompressed(1, 'Hello'),
        fails('utf8-invalid', 1007),
      ],
      whole,
    ),
    row(
      '8.1',
      'Compressed bytes may be what is no UTF-8',
      [send(compressedBinary(deflated(fromHex('ff c0 af')))), echoesCompressed(2, fromHex('ff c0 af'))],
      whole,
    ),
  ),
  group(
    'Limits',
    row(
      '10.4',
      'A compressed text as long as the limit comes back',
      [send(compressedText(deflated(toBytes(stars(1000))))), echoesCompressed(1, stars(1000))],
      limit,
    ),
    row(
      '10.4',
      'A compressed text of one byte more is refused',
      [send(compressedText(deflated(toBytes(stars(1001))))), fails('message-too-large', 1009)],
      limit,
    ),
    row(
      '10.4',
      'Compressed bytes of one byte more, in fragments, are refused',
      [send(...compressedFrames(2, deflated(toBytes(stars(1001))), 5)), fails('message-too-large', 1009)],
      limit,
    ),
    row(
      '10.4',
      'Compressed fragments as long as the limit come back',
      [send(...compressedFrames(2, deflated(toBytes(stars(1000))), 5)), echoesCompressed(2, stars(1000))],
      limit,
    ),
    row(
      '10.4',
      'What is as long as the limit may be longer while it is compressed',
      [
        send(compressedBinary(deflated(recordsOf(1000, 1, true), { level: 0 }))),
        echoesCompressed(2, recordsOf(1000, 1, true)),
      ],
      limit,
    ),
    row(
      '10.4',
      'What no message within the limit is compressed to is refused by its header',
      [send(upTo(0, compressedBinary(Buffer.alloc(2150)))), fails('frame-too-large', 1009)],
      limit,
    ),
    row(
      '10.4',
      'A plain text of one byte more is refused where compression was agreed on',
      [send(upTo(0, text(stars(1001)))), fails('message-too-large', 1009)],
      limit,
    ),
    row(
      '10.4',
      'Each compressed message has the whole limit',
      [
        send(...deflatedSeries(toBytes(stars(1000)), toBytes(stars(1000))).map((message) => compressedText(message))),
        echoesCompressed(1, stars(1000), { times: 2 }),
      ],
      limit,
    ),
    row(
      '10.4',
      'A message before a bomb comes back',
      [
        send(compressedText(hello), compressedBinary(bomb)),
        echoesCompressed(1, 'Hello'),
        fails('message-too-large', 1009),
      ],
      whole,
    ),
    row(
      '10.4',
      'By default a text that inflates to 64 MiB is refused',
      [send(compressedText(bomb)), fails('message-too-large', 1009)],
      whole,
    ),
    row(
      '10.4',
      'A bomb is refused where no window goes on',
      [send(compressedBinary(bomb)), fails('message-too-large', 1009)],
      anew,
    ),
    row(
      '10.4',
      'A bomb in a fragment is refused before the message is whole',
      [send(compressedBinary(bomb, open)), fails('message-too-large', 1009)],
      whole,
    ),
    row(
      '10.4',
      'A bomb behind a fragment and a ping is refused',
      [
        send(compressedBinary(Buffer.concat([hello, fromHex('00 00 ff ff')]), open), ping('now'), more(bomb)),
        pongs('now'),
        fails('message-too-large', 1009),
      ],
      whole,
    ),
    row(
      '10.4',
      'A bomb whose blocks say that they are the last is refused',
      [send(compressedBinary(deflatedToTheEnd(Buffer.alloc(2000)))), fails('message-too-large', 1009)],
      limit,
    ),
    row(
      '10.4',
      'Compressed fragments that bring nothing are bounded as others are',
      [
        send(compressedBinary(Buffer.of(), open), { frame: more('', open), times: 10 }),
        fails('fragment-overhead', 1008),
      ],
      { compression, limits: { maxFragmentOverheadBytes: 640 } },
    ),
    row(
      '10.4',
      'Empty blocks without end are bounded though nothing comes out',
      [
        send(
          compressedBinary(Buffer.alloc(1500, fromHex('00 00 00 ff ff')), open),
          more(Buffer.alloc(1500, fromHex('00 00 00 ff ff')), open),
        ),
        fails('message-too-large', 1009),
      ],
      limit,
    ),
  ),
]);
