import type { RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  answers,
  burst,
  chopped,
  close,
  closes,
  echoesText,
  fails,
  headOf,
  hears,
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

const counted = (count: number) => Array.from({ length: count }, (_, index) => `ping ${index + 1}`);

const answered = (rule: string, payload: string | Uint8Array): RowInit =>
  row('5.5.2', rule, [send(ping(payload)), pongs(payload)]);

/** Pings are answered in kind, pongs are not. */
export const pings: Section = section(2, 'Pings and pongs', [
  group(
    'One ping',
    answered('A ping without a payload is answered by a pong without one', ''),
    answered('A ping is answered by a pong with its payload', 'Hello'),
    answered('A payload that is no text comes back to the byte', Buffer.from('00fffefdfcfb00ff', 'hex')),
    answered('A payload of 124 bytes comes back', Buffer.alloc(124, 'x')),
    answered('A payload of 125 bytes, the longest, comes back', Buffer.alloc(125, 0xfe)),
    row('5.5.2', 'A ping in TCP segments of one byte is answered once it is whole', [
      chopped(1, ping(stars(125))),
      pongs(stars(125)),
    ]),
    row('5.5.2', 'A ping of which the last byte is missing is not answered yet', [
      send({ ...ping('almost'), part: { to: { payload: 5 } } }),
      quiet,
      send({ ...ping('almost'), part: { from: { payload: 5 } } }),
      pongs('almost'),
    ]),
  ),
  group(
    'Too long',
    row('5.5', 'A ping of 126 bytes is refused', [send(ping(stars(126))), fails('control-too-long')]),
    row('5.5', 'A ping of 65,536 bytes is refused by its header', [
      send({ ...ping(stars(65_536)), part: { to: { payload: 0 } } }),
      fails('control-too-long'),
    ]),
    row('5.5', 'A ping that announces 16 bits of length is refused by its second byte', [
      send(headOf(2, ping(stars(200)))),
      fails('control-too-long'),
    ]),
    row('5.5', 'A ping of 5 bytes with a length of 16 bits is refused', [
      send(ping('Hello', { lengthBits: 16 })),
      fails('control-too-long'),
    ]),
    row('5.5', 'A ping of 5 bytes with a length of 64 bits is refused', [
      send(ping('Hello', { lengthBits: 64 })),
      fails('control-too-long'),
    ]),
    row('5.5', 'A pong of 126 bytes is refused', [send(pong(stars(126))), fails('control-too-long')]),
  ),
  group(
    'Several pings',
    row('5.5.2', 'Ten pings one after the other get ten pongs', [
      counted(10).flatMap((payload) => [send(ping(payload)), ...pongs(payload)]),
    ]),
    row('5.5.2', 'Ten pings in one TCP segment get ten pongs in order', [
      send(...counted(10).map((payload) => ping(payload))),
      counted(10).flatMap((payload) => pongs(payload)),
    ]),
    row('5.5.2', 'Ten pings in TCP segments of one byte get ten pongs in order', [
      chopped(1, ...counted(10).map((payload) => ping(payload))),
      counted(10).flatMap((payload) => pongs(payload)),
    ]),
    row('5.5.3', 'Sixteen pings in one TCP segment get sixteen pongs', [
      send(...counted(16).map((payload) => ping(payload))),
      counted(16).flatMap((payload) => pongs(payload)),
    ]),
    row('5.5.3', 'Of twenty pings in one TCP segment the latest sixteen are answered', [
      burst(...counted(20).map((payload) => ping(payload))),
      counted(20).map((payload) => hears({ type: 'ping', payload })),
      counted(20)
        .slice(4)
        .map((payload) => answers(10, payload)),
    ]),
    row('5.5.2', 'A thousand round trips of pings', [
      Array.from({ length: 1000 }, () => [send(ping('again')), ...pongs('again')]).flat(),
    ]),
  ),
  group(
    'Among other frames',
    row('5.5.2', 'A ping before a text in one TCP segment is answered first', [
      send(ping('first'), text('second')),
      pongs('first'),
      echoesText('second'),
    ]),
    row('5.4', 'A ping between two fragments is answered before the message is whole', [
      send(text('frag', { fin: false }), ping('between')),
      pongs('between'),
      quiet,
      send(more('ment')),
      echoesText('fragment'),
    ]),
    row('5.4', 'A ping in the middle of a character that is cut by fragments is answered', [
      send(text(Buffer.from('f09d', 'hex'), { fin: false }), ping('\u00e9'), more(Buffer.from('849e', 'hex'))),
      pongs('\u00e9'),
      echoesText('\u{1d11e}'),
    ]),
    row('5.5.2', 'A ping before a close frame in one TCP segment is answered, and then the close frame', [
      send(ping('last words'), close(1000)),
      pongs('last words'),
      closes(),
    ]),
    row('5.5.2', 'A ping behind a close frame is not answered', [send(close(1000), ping('too late')), closes()]),
    row('5.5.2', 'A ping before a broken frame in one TCP segment is answered', [
      send(ping('still here'), text('', { rsv: 1 })),
      pongs('still here'),
      fails('reserved-bits'),
    ]),
  ),
  group(
    'Pongs that nobody asked for',
    row('5.5.3', 'A pong without a payload gets no answer', [send(pong()), hearsPong(), quiet]),
    row('5.5.3', 'A pong with a payload gets no answer', [send(pong('heartbeat')), hearsPong('heartbeat'), quiet]),
    row('5.5.3', 'A pong of 125 bytes gets no answer', [send(pong(stars(125))), hearsPong(stars(125)), quiet]),
    row('5.5.3', 'A ping behind a pong is answered', [
      send(pong('unasked'), ping('asked')),
      hearsPong('unasked'),
      pongs('asked'),
    ]),
    row('5.5.3', 'A hundred pongs in one TCP segment get no answer', [
      send({ frame: pong('beat'), times: 100 }),
      hearsPong('beat', 100),
      quiet,
    ]),
    row('5.4', 'A pong between two fragments does not disturb the message', [
      send(text('frag', { fin: false }), pong('between'), more('ment')),
      hearsPong('between'),
      echoesText('fragment'),
    ]),
  ),
]);
