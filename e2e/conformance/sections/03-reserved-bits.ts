import type { PeerFrame, RowInit, Section, Step } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  binary,
  chopped,
  close,
  echoesText,
  fails,
  headOf,
  more,
  ping,
  pong,
  quiet,
  send,
  stars,
  text,
} from '../row/words.ts';

/** Each set of the three bits that is not empty; RSV1 is the highest. */
const sets = [1, 2, 3, 4, 5, 6, 7];

const nameOf = (rsv: number) =>
  [4, 2, 1]
    .flatMap((bit, index) => (rsv & bit ? [`RSV${index + 1}`] : []))
    .join(' and ')
    .replace(/ and (?=.* and )/, ', ');

const refused = (kind: string, frame: (rsv: number) => PeerFrame, ...before: Step[]): RowInit[] =>
  sets.map((rsv) =>
    row('5.2', `${kind} with ${nameOf(rsv)} is refused`, [...before, send(frame(rsv)), fails('reserved-bits')]),
  );

/** No extension was agreed, so that no reserved bit has a meaning. */
export const reservedBits: Section = section(3, 'Reserved bits', [
  group(
    'Text',
    refused('A text', (rsv) => text('Hello', { rsv })),
  ),
  group(
    'Binary',
    refused('A binary frame', (rsv) => binary('Hello', { rsv })),
  ),
  group(
    'Continuation',
    refused('A continuation', (rsv) => more('lo', { rsv }), send(text('Hel', { fin: false }))),
  ),
  group(
    'Ping',
    refused('A ping', (rsv) => ping('Hello', { rsv })),
  ),
  group(
    'Pong',
    refused('A pong', (rsv) => pong('Hello', { rsv })),
  ),
  group(
    'Close',
    refused('A close frame', (rsv) => close(1000, 'bye', { rsv })),
  ),
  group(
    'When and where',
    row('5.2', 'The first byte of a frame is enough to refuse it', [
      send(headOf(1, text('Hello', { rsv: 2 }))),
      fails('reserved-bits'),
    ]),
    row('5.2', 'A text before the refused frame, in one TCP segment, still comes back', [
      send(text('before'), text('Hello', { rsv: 4 })),
      echoesText('before'),
      fails('reserved-bits'),
    ]),
    row('5.2', 'A text before the refused frame, in TCP segments of one byte, still comes back', [
      chopped(1, text('before'), text('Hello', { rsv: 4 })),
      echoesText('before'),
      fails('reserved-bits'),
    ]),
    row('7.1.7', 'Nothing behind the refused frame is looked at', [
      send(text('before'), text('Hello', { rsv: 2 }), ping('behind'), text('behind')),
      echoesText('before'),
      fails('reserved-bits'),
    ]),
    row('5.2', 'A ping with a reserved bit between fragments ends the connection, and the message is not told', [
      send(text('Hel', { fin: false }), ping('', { rsv: 1 }), more('lo')),
      fails('reserved-bits'),
    ]),
    row('5.2', 'An empty text with a reserved bit is refused', [send(text('', { rsv: 1 })), fails('reserved-bits')]),
    row('5.2', 'A long text with a reserved bit is refused by its header', [
      send({ ...text(stars(1_000_000), { rsv: 4 }), part: { to: { payload: 0 } } }),
      fails('reserved-bits'),
    ]),
  ),
  group(
    'Extensions',
    row(
      '9.1',
      'An extension that was offered and not agreed gives RSV1 no meaning',
      [send(text('Hello', { rsv: 4 })), fails('reserved-bits')],
      { roles: ['server'], extensions: { offered: 'permessage-deflate', agreed: '' } },
    ),
    row(
      '9.1',
      'A server that agrees to none of several offers takes messages as they are',
      [send(text('plain')), echoesText('plain'), quiet],
      {
        roles: ['server'],
        extensions: { offered: 'permessage-deflate; client_max_window_bits, x-unknown; a="b"', agreed: '' },
      },
    ),
  ),
]);
