import type { Message, Role, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  answers,
  app,
  close,
  closeBody,
  endsClosed,
  hears,
  hearsClose,
  hearsPong,
  pong,
  pongBack,
  quiet,
  send,
  stars,
  text,
  echoesText,
} from '../row/words.ts';
import { fromHex, type Payload } from '../wire/payload.ts';

const server: { roles: readonly Role[] } = { roles: ['server'] };
const bare: { through: 'protocol' } = { through: 'protocol' };
const anyPing = { do: 'answer', frame: { kind: 'any-ping' } } as const;
const pongOfPing = hears({ type: 'pong', payload: undefined });

const frameOf = (message: Message, times = 1) =>
  'text' in message ? answers(1, message.text, { times }) : answers(2, message.binary, { times });

const sends = (rule: string, message: Message, times = 1): RowInit =>
  row('5.2', rule, [app({ kind: 'send', message, times }), frameOf(message, times)]);

const closesWith = (code: number, reason = '', more?: Parameters<typeof row>[3]): RowInit =>
  row(
    '7.1.2',
    `Our app closes with ${code}${reason ? ` and a reason of ${Buffer.byteLength(reason)} bytes` : ''}`,
    [
      app({ kind: 'close', code, reason }),
      answers(8, closeBody(code, reason)),
      send(close(code)),
      hearsClose(code),
      endsClosed(code),
    ],
    more,
  );

const fragments = (rule: string, opcode: 1 | 2, ...pieces: Payload[]): RowInit =>
  row(
    '5.4',
    rule,
    [
      app({ kind: 'fragments', opcode, pieces }),
      pieces.map((piece, index) => answers(index === 0 ? opcode : 0, piece, { fin: index === pieces.length - 1 })),
    ],
    bare,
  );

const sizes = [0, 1, 125, 126, 65_535, 65_536, 1_048_576];

/** What our app begins, and the bytes that the peer gets of it; each frame is held to the rules of its sender. */
export const ourSideBegins: Section = section(14, 'Our side begins', [
  group(
    'Messages',
    sizes.map((bytes) => sends(`A text of ${bytes} bytes goes in one frame`, { text: stars(bytes) })),
    sizes.map((bytes) => sends(`A binary message of ${bytes} bytes goes in one frame`, { binary: stars(bytes) })),
    sends('Letters of one to four bytes', { text: 'aµ中𝄞\0\ufeff' }),
    sends('Bytes that are no text', { binary: fromHex('ff fe 80 c0 00') }),
    sends('A thousand texts in a row, each with a mask of its own from a client', { text: 'tick' }, 1000),
    sends('A thousand empty messages in a row, each with a mask of its own from a client', { binary: '' }, 1000),
    row('5.2', 'Text and binary messages go in the order in which they were sent', [
      app({ kind: 'send', message: { text: 'one' } }),
      app({ kind: 'send', message: { binary: 'two' } }),
      app({ kind: 'send', message: { text: stars(70_000) } }),
      app({ kind: 'send', message: { text: 'four' } }),
      answers(1, 'one'),
      answers(2, 'two'),
      answers(1, stars(70_000)),
      answers(1, 'four'),
    ]),
  ),
  group(
    'Pings',
    row('5.5.2', 'A ping of ours is heard as answered when its pong comes', [
      app({ kind: 'ping' }),
      anyPing,
      pongBack,
      pongOfPing,
      app({ kind: 'pinged' }),
    ]),
    row('5.5.2', 'A pong with another payload does not answer our ping', [
      app({ kind: 'ping' }),
      anyPing,
      send(pong('something else')),
      hearsPong('something else'),
      quiet,
      pongBack,
      pongOfPing,
      app({ kind: 'pinged' }),
    ]),
    row('5.5.2', 'Messages go on while a ping of ours is out', [
      app({ kind: 'ping' }),
      anyPing,
      send(text('meanwhile')),
      echoesText('meanwhile'),
      pongBack,
      pongOfPing,
      app({ kind: 'pinged' }),
    ]),
    row(
      '5.5.3',
      'A pong that nobody asked for goes out',
      [app({ kind: 'pong', payload: 'alive' }), answers(10, 'alive')],
      bare,
    ),
    row(
      '5.5.3',
      'A pong of 125 bytes goes out',
      [app({ kind: 'pong', payload: stars(125) }), answers(10, stars(125))],
      bare,
    ),
  ),
  group(
    'Closing',
    [1000, 3000, 3999, 4000, 4999].map((code) => closesWith(code)),
    closesWith(1000, 'done'),
    closesWith(4000, 'κόσμε, 中文, 𝄞'),
    closesWith(3000, 'x'.repeat(123)),
    closesWith(3001, '中'.repeat(41)),
    [1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014].map((code) => closesWith(code, '', server)),
    row(
      '5.5.1',
      'Without a code the body is empty',
      [app({ kind: 'close' }), answers(8, ''), send(close()), hearsClose(1005), endsClosed(1005)],
      bare,
    ),
    row(
      '5.5',
      'A reason of more than 123 bytes is cut',
      [
        app({ kind: 'close', code: 4000, reason: 'x'.repeat(200) }),
        answers(8, closeBody(4000, 'x'.repeat(123))),
        send(close(4000)),
        hearsClose(4000),
        endsClosed(4000),
      ],
      bare,
    ),
    row(
      '5.5',
      'A reason of more than 123 bytes is cut between characters',
      [
        app({ kind: 'close', code: 4000, reason: '𝄞'.repeat(31) }),
        answers(8, closeBody(4000, '𝄞'.repeat(30))),
        send(close(4000)),
        hearsClose(4000),
        endsClosed(4000),
      ],
      bare,
    ),
    row('7.1.5', 'A peer that answers with another code is heard', [
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(8, closeBody(1000)),
      send(close(4321, 'as you like')),
      hearsClose(4321, 'as you like'),
      endsClosed(4321, 'as you like'),
    ]),
    row('7.1.5', 'A peer that answers without a code is heard', [
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(8, closeBody(1000)),
      send(close()),
      hearsClose(1005),
      endsClosed(1005),
    ]),
    row('5.5.1', 'What was sent before goes out before the close frame', [
      app({ kind: 'send', message: { text: 'last' } }),
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(1, 'last'),
      answers(8, closeBody(1000)),
      send(close(1000)),
      hearsClose(1000),
      endsClosed(),
    ]),
    row(
      '5.5.1',
      'Nothing is sent behind our close frame',
      [
        app({ kind: 'close', code: 1000, reason: '' }),
        answers(8, closeBody(1000)),
        app({ kind: 'send', message: { text: 'late' } }),
        app({ kind: 'pong', payload: 'late' }),
        app({ kind: 'close', code: 4000, reason: '' }),
        quiet,
        send(close(1000)),
        hearsClose(1000),
        endsClosed(),
      ],
      bare,
    ),
  ),
  group(
    'Fragments',
    fragments('A text in three fragments', 1, 'one ', 'two ', 'three'),
    fragments('A binary message in two fragments', 2, fromHex('00 01'), fromHex('02')),
    fragments('A message in one piece is one frame', 1, 'whole'),
    fragments('Empty fragments', 1, '', 'middle', ''),
    fragments('A character that is cut', 1, fromHex('f0 9d'), fromHex('84 9e')),
    fragments('Fragments of each form of length', 2, stars(125), stars(126), stars(65_536)),
  ),
]);
