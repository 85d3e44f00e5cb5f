import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  answers,
  app,
  chopped,
  close,
  closeBody,
  closes,
  echoesText,
  endsClosed,
  endsFailed,
  endsLost,
  endTcp,
  fails,
  from,
  headOf,
  hears,
  hearsClose,
  hearsMessage,
  more,
  ping,
  pongs,
  quiet,
  resetTcp,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';
import { fromHex } from '../wire/payload.ts';

const registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
const forbidden = [0, 1, 500, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 9999, 65_535];

const allowed = (code: number): RowInit =>
  row('7.4', `Close code ${code} is answered with ${code}`, [send(close(code)), closes(code)]);

const refused = (code: number): RowInit =>
  row('7.4', `Close code ${code} may not travel`, [send(close(code)), fails('close-code')]);

const withReason = (rule: string, reason: string): RowInit =>
  row('5.5.1', rule, [send(close(1000, reason)), closes(1000, reason)]);

const wrongReason = (rule: string, hex: string): RowInit =>
  row('8.1', rule, [send(close(1000, fromHex(hex))), fails('utf8-invalid', 1007)]);

const letters = 'abcdefghijklmnopqrstuvwxyz'.repeat(5);

const sent = [
  group(
    'After other frames',
    row('7.1.2', 'A close frame behind a text: the text comes back, then the close frame is answered', [
      send(text('last')),
      echoesText('last'),
    ]),
    row('7.1.2', 'A close frame behind a text in one TCP segment: the text comes back before the answer', [
      send(text('last'), close(1000)),
      echoesText('last'),
      closes(),
    ]),
    row('7.1.2', 'A close frame behind a text in TCP segments of one byte: the text comes back before the answer', [
      chopped(1, text('last'), close(1000)),
      echoesText('last'),
      closes(),
    ]),
    row('7.1.2', 'A close frame behind ten texts in one TCP segment: all come back before the answer', [
      send({ frame: text('last'), times: 10 }, close(1000)),
      echoesText('last', 10),
      closes(),
    ]),
    row('7.1.2', 'A close frame behind a text of 256 KiB in one piece: the text comes back before the answer', [
      send(text(stars(262_144)), close(1000)),
      echoesText(stars(262_144)),
      closes(),
    ]),
    row('7.1.2', 'A close frame behind a message in fragments, in one TCP segment', [
      send(text('fr', { fin: false }), more('ag'), close(1001)),
      echoesText('frag'),
      closes(1001),
    ]),
  ),
  group(
    'Before other frames',
    row('1.4', 'A text behind a close frame is not heard', [send(close(1000), text('late')), closes()]),
    row('1.4', 'A second close frame gets no second answer', [send(close(1000), close(1001)), closes()]),
    row('1.4', 'A broken frame behind a close frame is no fault any more', [
      send(close(1000), text('late', { rsv: 7 })),
      closes(),
    ]),
    row('1.4', 'A text that comes after the answer is not heard', [
      send(close(1000)),
      hearsClose(1000),
      answers(8, closeBody(1000)),
      send(text('late')),
      quiet,
      endsClosed(),
    ]),
    row('1.4', 'A megabyte behind a close frame does not take the answer back by a reset', [
      send(close(1000), text(stars(1_000_000))),
      closes(),
    ]),
  ),
];

const bodies = [
  group(
    'Lengths of the body',
    row('5.5.1', 'A close frame without a body is answered by one without a body', [send(close()), closes(1005)]),
    row('5.5.1', 'A body of one byte is refused', [
      send({ opcode: 8, payload: fromHex('03') }),
      fails('close-payload'),
    ]),
    row('5.5.1', 'A code without a reason', [send(close(1000)), closes(1000)]),
    withReason('A reason of one byte is told', 'x'),
    withReason('A reason of words is told', 'Hello World!'),
    withReason('A reason of 122 bytes is told', letters.slice(0, 122)),
    withReason('A reason of 123 bytes, the longest, is told', letters.slice(0, 123)),
    row('5.5', 'A reason of 124 bytes makes the frame too long', [
      send(close(1000, letters.slice(0, 124))),
      fails('control-too-long'),
    ]),
    row('5.5', 'A close frame of 65,536 bytes is refused by its header', [
      send({ ...close(1000, Buffer.alloc(65_534, 'x')), part: { to: { payload: 0 } } }),
      fails('control-too-long'),
    ]),
    row('5.5', 'A close frame of 2 bytes with a length of 16 bits is refused', [
      send(close(1000, '', { lengthBits: 16 })),
      fails('control-too-long'),
    ]),
    row('5.5.1', 'A close frame in TCP segments of one byte is answered', [
      chopped(1, close(1000, 'bit by bit')),
      closes(1000, 'bit by bit'),
    ]),
    row('5.5.1', 'Half a close frame is not answered yet', [
      send(upTo(2, close(1000, 'bye'))),
      quiet,
      send(from(2, close(1000, 'bye'))),
      closes(1000, 'bye'),
    ]),
    row('5.5.1', 'The header of a close frame is not answered yet', [
      send(headOf(1, close(3000))),
      quiet,
      send({ ...close(3000), part: { from: { header: 1 } } }),
      closes(3000),
    ]),
  ),
  group(
    'Reasons',
    withReason('A reason in several scripts is told', 'κόσμε, 中文, 𝄞'),
    withReason('A reason of 123 bytes in characters of three bytes is told', '中'.repeat(41)),
    withReason('A reason that begins with U+FEFF keeps it', '\ufeffbye'),
    withReason('A reason with U+0000 is told', 'a\0b'),
    wrongReason('A reason that is no text is refused', 'ff'),
    wrongReason('A reason with a surrogate is refused', 'ce ba ed a0 80 65'),
    wrongReason('A reason in a form that is too long is refused', 'c0 af'),
    wrongReason('A reason beyond the last character is refused', 'f4 90 80 80'),
    wrongReason('A reason that ends inside a character is refused', '63 61 66 c3'),
  ),
  group('Codes that may travel', registered.map(allowed)),
  group(
    'Codes that may not travel',
    forbidden.map(refused),
    row('7.4', 'A code that may not travel is refused, with a reason too', [
      send(close(1005, 'no status')),
      fails('close-code'),
    ]),
  ),
];

const ends = [
  group(
    'The end of TCP',
    row('7.1.5', 'TCP that ends without a close frame is a loss', [endTcp, endsLost]),
    row('7.1.5', 'TCP that ends behind a message is a loss, and the message comes back', [
      send(text('last')),
      echoesText('last'),
      endTcp,
      endsLost,
    ]),
    row('7.1.5', 'TCP that ends inside a header is a loss', [send(headOf(1, text('cut'))), quiet, endTcp, endsLost]),
    row('7.1.5', 'TCP that ends inside a payload is a loss', [send(upTo(1, text('cut'))), quiet, endTcp, endsLost]),
    row('7.1.5', 'TCP that is reset is a loss', [send(ping()), pongs(), resetTcp, endsLost]),
    row(
      '7.1.1',
      'A peer that does not end TCP after the closing handshake is waited for, but not for ever',
      [send(close(1000)), hearsClose(1000), answers(8, closeBody(1000)), endsClosed(1000, '', { isPeerSilent: true })],
      { limits: { closeTimeoutMs: 200 } },
    ),
    row(
      '7.1.7',
      'A peer that does not end TCP after its fault is waited for, but not for ever',
      [
        send(text('', { rsv: 4 })),
        hears({ type: 'fault', error: 'reserved-bits' }),
        { do: 'answer', frame: { kind: 'fault-close', code: 1002 } },
        endsFailed('reserved-bits', { isPeerSilent: true }),
      ],
      { limits: { closeTimeoutMs: 200 } },
    ),
    row('7.1.7', 'A megabyte behind a broken frame does not take the close frame back by a reset', [
      send(text('', { rsv: 4 }), text(stars(1_000_000))),
      fails('reserved-bits'),
    ]),
    row('7.1.7', 'The close frame that answers the one for a fault gets no answer', [
      send(text('', { rsv: 4 })),
      hears({ type: 'fault', error: 'reserved-bits' }),
      { do: 'answer', frame: { kind: 'fault-close', code: 1002 } },
      send(close(1002)),
      quiet,
      endsFailed('reserved-bits'),
    ]),
    row('7.1.7', 'After a fault neither pings nor texts are answered', [
      send(text('', { rsv: 4 })),
      hears({ type: 'fault', error: 'reserved-bits' }),
      { do: 'answer', frame: { kind: 'fault-close', code: 1002 } },
      send(ping('anybody?'), text('there?')),
      quiet,
      endsFailed('reserved-bits'),
    ]),
  ),
  group(
    'Both at once',
    row('5.5.1', 'Close frames that cross each answer the other', [
      app({ kind: 'close', code: 3000, reason: 'ours' }),
      send(close(4000, 'theirs')),
      answers(8, closeBody(3000, 'ours')),
      hearsClose(4000, 'theirs'),
      endsClosed(4000, 'theirs'),
    ]),
    row('5.5.1', 'Texts that cross our close frame are heard, and not answered', [
      app({ kind: 'close', code: 1000, reason: '' }),
      send(text('on its way'), close(1000)),
      answers(8, closeBody(1000)),
      hearsMessage({ text: 'on its way' }),
      hearsClose(1000),
      endsClosed(),
    ]),
    row('5.5.2', 'A ping behind our close frame is answered, since the peer has not closed yet', [
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(8, closeBody(1000)),
      send(ping('still there?')),
      pongs('still there?'),
      send(close(1000)),
      hearsClose(1000),
      endsClosed(),
    ]),
    row('7.1.7', 'A broken frame that crosses our close frame is a fault, without a second close frame', [
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(8, closeBody(1000)),
      send(text('', { rsv: 2 })),
      hears({ type: 'fault', error: 'reserved-bits' }),
      endsFailed('reserved-bits'),
    ]),
    row('7.1.5', 'TCP that ends instead of an answer to our close frame is a loss', [
      app({ kind: 'close', code: 1000, reason: '' }),
      answers(8, closeBody(1000)),
      endTcp,
      endsLost,
    ]),
  ),
];

/** Close frames, what they may say, and the end of TCP. */
export const closing: Section = section(7, 'Closing', [...sent, ...bodies, ...ends]);
