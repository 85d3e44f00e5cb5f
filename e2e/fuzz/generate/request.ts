import type { Random } from '../engine/random.ts';
import { generateHead, type RawHead, rawField } from './http-head.ts';
import { sampleKey } from './response.ts';

const startLines = [
  'GET / HTTP/1.1',
  'GET /chat HTTP/1.1',
  'GET /chat?room=1 HTTP/1.1',
  'GET /other HTTP/1.1',
  'GET /chat#x HTTP/1.1',
  'GET http://test.example/chat?x HTTP/1.1',
  'GET ws://test.example:80/chat HTTP/1.1',
  'GET http://[::1 HTTP/1.1',
  'GET * HTTP/1.1',
  'GET //chat HTTP/1.1',
  'GET chat HTTP/1.1',
  'GET /\x80 HTTP/1.1',
  'GET /a b HTTP/1.1',
  'GET  /chat HTTP/1.1',
  'GET /chat HTTP/1.1 ',
  'GET /chat HTTP/1.0',
  'GET /chat HTTP/1.2',
  'GET /chat HTTP/2.0',
  'GET /chat',
  'get /chat HTTP/1.1',
  'POST /chat HTTP/1.1',
  'CONNECT test.example:80 HTTP/1.1',
  'PRI * HTTP/2.0',
  'A(B /chat HTTP/1.1',
  `GET /${'x'.repeat(300)} HTTP/1.1`,
  '',
];

const fields = {
  Host: [
    'test.example',
    'test.example:80',
    'test.example:8080',
    '[::1]:80',
    '',
    'a b',
    'user@test',
    'a/b',
    'test.example:99999999',
  ],
  Upgrade: ['websocket', 'WebSocket', 'h2c, websocket', 'websocket/13', '', 'h2c'],
  Connection: ['Upgrade', 'keep-alive, Upgrade', 'keep-alive', '', 'close'],
  'Sec-WebSocket-Key': [
    sampleKey,
    'AAAAAAAAAAAAAAAAAAAAAA==',
    'dGhlIHNhbXBsZSBub25jZR==',
    'short',
    '',
    `${sampleKey}=`,
    'dGhlIHNhbXBsZSBub25j',
  ],
  'Sec-WebSocket-Version': ['13', '8', '013', '13, 8', '', '14'],
  'Sec-WebSocket-Protocol': ['chat', 'superchat, chat', 'chat, chat', '', ',', 'a b', 'other', 'chat,, superchat'],
  'Sec-WebSocket-Extensions': [
    'permessage-deflate',
    'permessage-deflate; client_max_window_bits',
    'x; y="z"',
    'x; y="a b"',
    '',
    ';',
    'x y',
    'x;=1',
    '"x"',
    'x; y="z',
  ],
  Origin: [
    'http://test.example',
    'https://test.example',
    'http://other.example',
    'null',
    '',
    'test.example',
    'http://test.example:80',
    'http://test.example/path',
    'http://TEST.example',
  ],
  'Content-Length': ['0', '5', '-1'],
  'Transfer-Encoding': ['chunked', 'identity'],
};

/** Bytes that a client may ask for a WebSocket with: right or wrong, and what follows them. */
export function generateRequest(random: Random): Uint8Array {
  return generateHead(random, request(random), { startLines, fields }, random.bytes(random.below(12)));
}

function request(random: Random): RawHead {
  return {
    startLine: random.pick([
      'GET /chat HTTP/1.1',
      'GET /chat?room=1 HTTP/1.1',
      'GET http://test.example/chat HTTP/1.1',
    ]),
    startEnd: '\r\n',
    fields: [
      rawField('Host', 'test.example'),
      rawField('Upgrade', 'websocket'),
      rawField('Connection', 'Upgrade'),
      rawField('Sec-WebSocket-Key', sampleKey),
      rawField('Sec-WebSocket-Version', '13'),
      ...(random.chance(0.4) ? [rawField('Sec-WebSocket-Protocol', 'superchat, chat')] : []),
      ...(random.chance(0.4)
        ? [rawField('Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits')]
        : []),
      ...(random.chance(0.4) ? [rawField('Origin', 'http://test.example')] : []),
    ],
    end: '\r\n',
  };
}
