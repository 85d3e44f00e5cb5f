import { concat } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { generateHead, latin1, type RawHead, rawField } from './http-head.ts';
import { encode, text } from './text.ts';

/** The key of RFC 6455 1.3, and what answers it. */
export const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';
const sampleAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const startLines = [
  'HTTP/1.1 101',
  'HTTP/1.1 101 ',
  'HTTP/1.1 101 Switching\tProtocols \xe9',
  'HTTP/1.1 200 OK',
  'HTTP/1.1 301 Moved',
  'HTTP/1.1 999 ?',
  'HTTP/1.1 100 Continue',
  'HTTP/1.1 1010 Switching',
  'HTTP/1.1 10 Switching',
  'HTTP/1.1  101 Switching',
  'HTTP/1.0 101 Switching Protocols',
  'HTTP/1.0 404 Not Found',
  'HTTP/2 101 Switching Protocols',
  'HTTP/1.1\t101 Switching Protocols',
  'http/1.1 101 Switching Protocols',
  'HTTP/1.1 101 Switching\x00',
  'GET / HTTP/1.1',
  'SSH-2.0-OpenSSH_9.9',
  '',
];

const fields = {
  Upgrade: ['websocket', 'WebSocket', 'websocket, websocket', 'websockets', 'h2c', '', 'websocket\t '],
  Connection: [
    'Upgrade',
    'upgrade',
    'keep-alive, Upgrade',
    ',Upgrade,',
    'close',
    'Upgradex',
    '',
    'keep-alive,\tUPGRADE',
  ],
  'Sec-WebSocket-Accept': [
    sampleAccept,
    `${sampleAccept} `,
    sampleAccept.toLowerCase(),
    'AAAA',
    '',
    `"${sampleAccept}"`,
  ],
  'Sec-WebSocket-Extensions': ['permessage-deflate', '', ',', 'x; y=1'],
  'Sec-WebSocket-Protocol': ['chat', 'superchat', 'Chat', '', 'chat, superchat', 'other', ',chat'],
  'Content-Length': ['0', '3', '5', '100000', '-1', '1e3', '', '5, 5', '99999999999999999999'],
  'Transfer-Encoding': ['chunked', 'gzip, chunked', 'Chunked', 'identity', 'xchunked'],
  Location: ['https://other.example/', '//x', ''],
};

/** Bytes that a server may answer a handshake with: an acceptance or a refusal, right or wrong, and what follows it. */
export function generateResponse(random: Random): Uint8Array {
  const isAccepted = random.chance(0.6);
  const head = isAccepted ? acceptance(random) : refusal(random);
  return generateHead(random, head, { startLines, fields }, isAccepted ? random.bytes(random.below(12)) : body(random));
}

/** The body of a refusal: text, chunks, or what looks like chunks and is not. */
export function body(random: Random): Uint8Array {
  return random.pick<() => Uint8Array>([
    () => new Uint8Array(0),
    () => encode(text(random, random.below(80))),
    () => chunks(random),
    () => latin1('a\r\n0\r\nwith 0\r\n\r\n0\r\n\r\n'),
    () => random.bytes(random.between(1, 60)),
    () => encode('long '.repeat(random.pick([204, 205, 300]))),
  ])();
}

function chunks(random: Random): Uint8Array {
  const pieces = random.list(random.below(5), () => {
    const data = random.chance(0.2) ? latin1('x\r\n0\r\ny') : encode(text(random, random.below(20)));
    const size = random.chance(0.85)
      ? data.length.toString(16)
      : random.pick(['0', '00', 'ffffffff', '-1', 'g', '1 ', '']);
    return [
      latin1(`${size}${random.pick(['', '', ';name=value'])}\r\n`),
      data,
      latin1(random.pick(['\r\n', '\r\n', '\n'])),
    ];
  });
  return concat([...pieces.flat(), latin1(random.chance(0.7) ? '0\r\n\r\n' : '')]);
}

function acceptance(random: Random): RawHead {
  return {
    startLine: 'HTTP/1.1 101 Switching Protocols',
    startEnd: '\r\n',
    fields: [
      rawField('Upgrade', 'websocket'),
      rawField('Connection', 'Upgrade'),
      rawField('Sec-WebSocket-Accept', sampleAccept),
      ...(random.chance(0.5) ? [rawField('Sec-WebSocket-Protocol', 'chat')] : []),
    ],
    end: '\r\n',
  };
}

function refusal(random: Random): RawHead {
  const status = random.pick([
    '200 OK',
    '301 Moved',
    '401 Unauthorized',
    '404 Not Found',
    '426',
    '503 Full',
    '101 Switching',
  ]);
  return {
    startLine: `HTTP/1.1 ${status}`,
    startEnd: '\r\n',
    fields: [
      rawField('Content-Type', 'text/plain'),
      ...(random.chance(0.5) ? [rawField('Content-Length', random.pick(fields['Content-Length']))] : []),
      ...(random.chance(0.5) ? [rawField('Transfer-Encoding', random.pick(fields['Transfer-Encoding']))] : []),
    ],
    end: '\r\n',
  };
}
