import type { PeerFrame, Role, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import {
  binary,
  chopped,
  close,
  echoesBinary,
  echoesText,
  fails,
  headOf,
  hearsPong,
  more,
  ping,
  pong,
  pongs,
  send,
  stars,
  text,
  upTo,
} from '../row/words.ts';
import { fromHex } from '../wire/payload.ts';

const client: { roles: readonly Role[] } = { roles: ['client'] };
const server: { roles: readonly Role[] } = { roles: ['server'] };
const ascending = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, index) => index));

/** RFC 6455 5.7 shows these bytes. */
const vectors: RowInit[] = [
  row('5.7', 'The vector of an unmasked text', [send({ hex: '81 05 48 65 6c 6c 6f' }), echoesText('Hello')], client),
  row(
    '5.7',
    'The vector of a masked text',
    [send({ hex: '81 85 37 fa 21 3d 7f 9f 4d 51 58' }), echoesText('Hello')],
    server,
  ),
  row(
    '5.7',
    'The vector of an unmasked text in fragments',
    [send({ hex: '01 03 48 65 6c' }, { hex: '80 02 6c 6f' }), echoesText('Hello')],
    client,
  ),
  row('5.7', 'The vector of an unmasked ping', [send({ hex: '89 05 48 65 6c 6c 6f' }), pongs('Hello')], client),
  row(
    '5.7',
    'The vector of a masked pong',
    [send({ hex: '8a 85 37 fa 21 3d 7f 9f 4d 51 58' }), hearsPong('Hello')],
    server,
  ),
  row(
    '5.7',
    'The vector of 256 bytes of binary',
    [send({ hex: '82 7e 01 00' }, { hex: ascending(256).toString('hex') }), echoesBinary(ascending(256))],
    client,
  ),
  row(
    '5.7',
    'The vector of 64 KiB of binary',
    [
      send({ hex: '82 7f 00 00 00 00 00 01 00 00' }, { hex: Buffer.alloc(65_536, 0xab).toString('hex') }),
      echoesBinary(Buffer.alloc(65_536, 0xab)),
    ],
    client,
  ),
];

const frames: { name: string; frame: PeerFrame }[] = [
  { name: 'A text', frame: text('Hello') },
  { name: 'An empty text', frame: text() },
  { name: 'A binary frame', frame: binary('Hello') },
  { name: 'A first fragment', frame: text('Hel', { fin: false }) },
  { name: 'A ping', frame: ping('Hello') },
  { name: 'A pong', frame: pong('Hello') },
  { name: 'A close frame', frame: close(1000) },
];

const unmasked: RowInit[] = [
  ...frames.map(({ name, frame }) =>
    row(
      '5.1',
      `${name} without a mask is refused by a server`,
      [send({ ...frame, masked: false }), fails('mask-missing')],
      server,
    ),
  ),
  row(
    '5.1',
    'A second fragment without a mask is refused by a server',
    [send(text('Hel', { fin: false }), more('lo', { masked: false })), fails('mask-missing')],
    server,
  ),
  row(
    '5.1',
    'A text without a mask behind one with a mask is refused, and the first comes back',
    [send(text('masked'), text('bare', { masked: false })), echoesText('masked'), fails('mask-missing')],
    server,
  ),
  row(
    '5.1',
    'The second byte is enough to refuse a frame without a mask',
    [send(headOf(2, text(stars(1000), { masked: false }))), fails('mask-missing')],
    server,
  ),
];

const masked: RowInit[] = [
  ...frames.map(({ name, frame }) =>
    row(
      '5.1',
      `${name} with a mask is refused by a client`,
      [send({ ...frame, masked: true }), fails('mask-unexpected')],
      client,
    ),
  ),
  row(
    '5.1',
    'A second fragment with a mask is refused by a client',
    [send(text('Hel', { fin: false }), more('lo', { masked: true })), fails('mask-unexpected')],
    client,
  ),
  row(
    '5.1',
    'A text with a mask behind one without is refused, and the first comes back',
    [send(text('bare'), text('masked', { masked: true })), echoesText('bare'), fails('mask-unexpected')],
    client,
  ),
  row(
    '5.1',
    'A mask of zeros is a mask',
    [send(text('Hello', { masked: true, maskingKey: '00000000' })), fails('mask-unexpected')],
    client,
  ),
  row(
    '5.1',
    'The second byte is enough to refuse a frame with a mask',
    [send(headOf(2, text(stars(1000), { masked: true }))), fails('mask-unexpected')],
    client,
  ),
];

const keys = ['00000000', 'ffffffff', '00000001', '80000000', '01020304', 'deadbeef'];

const unmasking: RowInit[] = [
  ...keys.map((maskingKey) =>
    row(
      '5.3',
      `The key ${maskingKey} masks`,
      [send(text('unmask me', { maskingKey })), echoesText('unmask me')],
      server,
    ),
  ),
  row(
    '5.3',
    'Payloads of 0 to 9 bytes are unmasked to their last byte',
    [
      send(...Array.from({ length: 10 }, (_, bytes) => binary(ascending(bytes), { maskingKey: 'a1b2c3d4' }))),
      Array.from({ length: 10 }, (_, bytes) => echoesBinary(ascending(bytes))).flat(),
    ],
    server,
  ),
  row(
    '5.3',
    'Each fragment is unmasked with its own key from its first byte on',
    [
      send(
        text('abcde', { fin: false, maskingKey: '11223344' }),
        more('fg', { fin: false, maskingKey: '99aabbcc' }),
        more('hijklmno', { maskingKey: '01010101' }),
      ),
      echoesText('abcdefghijklmno'),
    ],
    server,
  ),
  row(
    '5.3',
    'A payload in TCP segments of three bytes is unmasked in step',
    [chopped(3, binary(ascending(100), { maskingKey: '12345678' })), echoesBinary(ascending(100))],
    server,
  ),
  row(
    '5.3',
    'A ping between fragments does not move the mask of the message',
    [
      send(
        text('abc', { fin: false, maskingKey: '11223344' }),
        ping('x', { maskingKey: '55667788' }),
        more('defg', { maskingKey: '11223344' }),
      ),
      pongs('x'),
      echoesText('abcdefg'),
    ],
    server,
  ),
];

const wide = (bytes: number, lengthBits: 16 | 64): RowInit =>
  row('5.2', `A length of ${bytes} in ${lengthBits} bits is refused: it fits in fewer`, [
    send(text(stars(bytes), { lengthBits })),
    fails('length-not-minimal'),
  ]);

const announced = (rule: string, length: bigint, error: string, code: number): RowInit =>
  row('5.2', rule, [send(upTo(0, binary('', { announced: length, lengthBits: 64 }))), fails(error, code)]);

/** The first bytes of a frame: masks, lengths, and when they are refused. */
export const headers: Section = section(8, 'Headers', [
  group('The vectors of the RFC', vectors),
  group('Masks that are missing', unmasked),
  group('Masks that should not be', masked),
  group('Unmasking', unmasking),
  group(
    'Lengths in their shortest form',
    [0, 1, 124, 125].map((bytes) => wide(bytes, 16)),
    [0, 125, 126, 65_535].map((bytes) => wide(bytes, 64)),
    row('5.2', 'A fragment whose length is not in its shortest form is refused', [
      send(text('frag', { fin: false }), more('ment', { lengthBits: 16 })),
      fails('length-not-minimal'),
    ]),
    row('5.2', 'A text before the one with too wide a length, in one TCP segment, comes back', [
      send(text('before'), text('wide', { lengthBits: 64 })),
      echoesText('before'),
      fails('length-not-minimal'),
    ]),
    row('5.2', 'A length that is too wide is refused before its payload', [
      send(upTo(0, text(stars(100), { lengthBits: 64 }))),
      fails('length-not-minimal'),
    ]),
  ),
  group(
    'Lengths that nobody has',
    announced('A length of 2^63, whose top bit must be 0, is refused', 2n ** 63n, 'length-top-bit', 1002),
    announced('A length of 2^64 - 1, whose top bit must be 0, is refused', 2n ** 64n - 1n, 'length-top-bit', 1002),
    row('5.2', 'The third byte is enough to refuse a length whose top bit is set', [
      send(headOf(3, binary('', { announced: 2n ** 63n + 5n, lengthBits: 64 }))),
      fails('length-top-bit'),
    ]),
    announced('A length of 2^63 - 1 is refused as too big', 2n ** 63n - 1n, 'frame-too-large', 1009),
    announced(
      'A length of 2^53 + 1, which a double cannot hold, is refused as too big',
      2n ** 53n + 1n,
      'frame-too-large',
      1009,
    ),
    announced('A length of 2^32 + 5 is not taken for 5', 2n ** 32n + 5n, 'frame-too-large', 1009),
    announced('A length of 2^32 - 1 is refused as too big', 2n ** 32n - 1n, 'frame-too-large', 1009),
    announced('A length of 2^31 is not taken for a negative one', 2n ** 31n, 'frame-too-large', 1009),
    row('5.2', 'A text before the one that is too big, in one TCP segment, comes back', [
      send(text('before'), upTo(0, text('', { announced: 2n ** 40n }))),
      echoesText('before'),
      fails('frame-too-large', 1009),
    ]),
  ),
  group(
    'What looks like a header',
    row('5.2', 'Frames in a payload are payload', [
      send(binary(fromHex('89 00 88 02 03 e8 81 05'))),
      echoesBinary(fromHex('89 00 88 02 03 e8 81 05')),
    ]),
    row('5.2', 'An HTTP request in a payload is payload', [
      send(text('GET / HTTP/1.1\r\nHost: example\r\n\r\n')),
      echoesText('GET / HTTP/1.1\r\nHost: example\r\n\r\n'),
    ]),
    row('5.2', 'HTTP in place of frames is refused', [
      send({ hex: Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('hex') }),
      fails('reserved-bits'),
    ]),
  ),
]);
