import type { PeerFrame, RowInit, Section, SendItem } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  binary,
  chopped,
  close,
  closes,
  echoesBinary,
  echoesText,
  endsLost,
  endTcp,
  fails,
  hearsPong,
  more,
  ping,
  pong,
  pongs,
  quiet,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';

const open: { fin: false } = { fin: false };

/** A message of these pieces. */
const pieces = (first: (payload: string, more?: object) => PeerFrame, ...payloads: string[]): PeerFrame[] =>
  payloads.map((payload, index) => {
    const fin = index === payloads.length - 1;
    return index === 0 ? first(payload, { fin }) : more(payload, { fin });
  });

const whole = (rule: string, ...payloads: string[]): RowInit =>
  row('5.4', rule, [send(...pieces(text, ...payloads)), echoesText(payloads.join(''))]);

const fragmented: { name: string; frame: PeerFrame }[] = [
  { name: 'ping', frame: ping('frag', open) },
  { name: 'pong', frame: pong('frag', open) },
  { name: 'close frame', frame: close(1000, '', open) },
  { name: 'ping without a payload', frame: ping('', open) },
];

const strayed: { name: string; items: SendItem[] }[] = [
  { name: 'A last fragment', items: [more('stray')] },
  { name: 'A fragment that is not the last', items: [more('stray', open)] },
  { name: 'An empty last fragment', items: [more()] },
  { name: 'A fragment before a text', items: [more('stray', open), text('Hello')] },
];

const intruding: { name: string; frame: PeerFrame }[] = [
  { name: 'A whole text', frame: text('another') },
  { name: 'A whole binary message', frame: binary('another') },
  { name: 'The start of another text', frame: text('another', open) },
  { name: 'The start of another binary message', frame: binary('another', open) },
  { name: 'An empty text', frame: text() },
];

/** Messages in fragments, control frames between them, and fragments out of order. */
export const fragmentation: Section = section(5, 'Fragmentation', [
  group(
    'Whole in the end',
    whole('A text in two fragments comes back whole', 'frag', 'ment'),
    whole('A text in three fragments comes back whole', 'one ', 'two ', 'three'),
    whole('A text in ten fragments of one byte comes back whole', ...'fragmented'),
    row('5.4', 'A binary message in two fragments comes back whole', [
      send(...pieces(binary, 'frag', 'ment')),
      echoesBinary('fragment'),
    ]),
    row('5.4', 'A binary message in fragments of one byte comes back whole', [
      send({ opcode: 2, fragments: Buffer.from([...Array(256).keys()]), ofBytes: 1 }),
      echoesBinary(Buffer.from([...Array(256).keys()])),
    ]),
    whole('An empty first fragment is allowed', '', 'rest'),
    whole('An empty fragment in the middle is allowed', 'start', '', 'rest'),
    whole('An empty last fragment is allowed', 'start', ''),
    whole('A text of empty fragments is an empty text', '', '', '', ''),
    row('5.4', 'A binary message of empty fragments is an empty message', [
      send(...pieces(binary, '', '', '')),
      echoesBinary(''),
    ]),
    row('5.4', 'Fragments in TCP segments of one byte are one message', [
      chopped(1, ...pieces(text, 'one ', '', 'two ', 'three')),
      echoesText('one two three'),
    ]),
    row('5.4', 'A message is not told before its last fragment', [
      send(text('one ', open)),
      quiet,
      send(more('two ', open)),
      quiet,
      send(more('three')),
      echoesText('one two three'),
    ]),
    row('5.4', 'Two messages in fragments, one after the other in one TCP segment', [
      send(...pieces(text, 'a', 'b'), ...pieces(binary, 'c', 'd'), text('e')),
      echoesText('ab'),
      echoesBinary('cd'),
      echoesText('e'),
    ]),
    row('5.4', 'Fragments of different lengths and forms of length', [
      send(text(stars(125), open), more(stars(126), open), more(stars(65_536), open), more(stars(1))),
      echoesText(stars(125 + 126 + 65_536 + 1)),
    ]),
  ),
  group(
    'Control frames between',
    row('5.4', 'Pings and pongs between fragments are taken out of turn', [
      send(text('frag', open), ping('one'), pong('two'), ping('three'), more('ment')),
      pongs('one'),
      hearsPong('two'),
      pongs('three'),
      echoesText('fragment'),
    ]),
    row('5.4', 'A ping between each two of ten fragments', [
      [...'fragmented'].flatMap((letter, index) => [
        send(
          index === 0 ? text(letter, open) : more(letter, { fin: index === 9 }),
          ...(index < 9 ? [ping(letter)] : []),
        ),
        ...(index < 9 ? pongs(letter) : []),
      ]),
      echoesText('fragmented'),
    ]),
    row('5.4', 'Fragments with pings between, in TCP segments of one byte', [
      chopped(1, text('frag', open), ping('one'), more('men', open), ping('two'), more('t')),
      pongs('one'),
      pongs('two'),
      echoesText('fragment'),
    ]),
    row('5.5.1', 'A close frame between fragments closes, and the message is not told', [
      send(text('frag', open), close(1000), more('ment')),
      closes(),
    ]),
  ),
  group(
    'Control frames in fragments',
    fragmented.map(({ name, frame }) =>
      row('5.5', `A ${name} that is not the last fragment is refused`, [send(frame), fails('control-fragmented')]),
    ),
    row('5.5', 'A ping in two fragments is refused at the first', [
      send(ping('fr', open), more('ag')),
      fails('control-fragmented'),
    ]),
    row('5.5', 'A fragment of a ping is refused by its first byte', [
      send({ ...ping('frag', open), part: { to: { header: 1 } } }),
      fails('control-fragmented'),
    ]),
    row('5.5', 'A fragment of a ping between the fragments of a text is refused', [
      send(text('frag', open), ping('one', open), more('ment')),
      fails('control-fragmented'),
    ]),
  ),
  group(
    'Nothing to continue',
    strayed.map(({ name, items }) =>
      row('5.4', `${name} without a message is refused`, [send(...items), fails('continuation-unexpected')]),
    ),
    row('5.4', 'A fragment behind a whole text in one TCP segment is refused, and the text comes back', [
      send(text('whole'), more('stray')),
      echoesText('whole'),
      fails('continuation-unexpected'),
    ]),
    row('5.4', 'A fragment behind the last one is refused, and the message comes back', [
      send(...pieces(text, 'frag', 'ment'), more('stray', open)),
      echoesText('fragment'),
      fails('continuation-unexpected'),
    ]),
    row('5.4', 'A fragment behind a ping is refused', [
      send(ping('one')),
      pongs('one'),
      send(more('stray')),
      fails('continuation-unexpected'),
    ]),
    row('5.4', 'A long fragment without a message is refused by its header', [
      send(upTo(0, more(stars(100_000)))),
      fails('continuation-unexpected'),
    ]),
    row('5.4', 'A fragment without a message, in TCP segments of one byte, is refused', [
      chopped(1, text('whole'), more('stray', open), text('next')),
      echoesText('whole'),
      fails('continuation-unexpected'),
    ]),
  ),
  group(
    'Another message between',
    intruding.map(({ name, frame }) =>
      row('5.4', `${name} before the last fragment is refused`, [
        send(text('frag', open), frame),
        fails('continuation-expected'),
      ]),
    ),
    row('5.4', 'A text between the fragments of a binary message is refused', [
      send(binary('frag', open), more('men', open), text('another')),
      fails('continuation-expected'),
    ]),
    row('5.4', 'A long text before the last fragment is refused by its header', [
      send(text('frag', open), upTo(0, text(stars(100_000)))),
      fails('continuation-expected'),
    ]),
  ),
  group(
    'Never whole',
    row('5.5.1', 'A message without its last fragment is not told when the peer closes', [
      send(text('frag', open), more('men', open)),
      quiet,
    ]),
    row('7.1.5', 'A message without its last fragment is not told when TCP ends', [
      send(text('frag', open)),
      quiet,
      endTcp,
      endsLost,
    ]),
  ),
]);
