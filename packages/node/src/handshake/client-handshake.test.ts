import { describe, expect, it, test } from 'vitest';
import { acceptKey } from './accept-key.ts';
import { checkHeaders, checkResponse, type ClientRequest, formatRequest } from './client-handshake.ts';
import { parseEndpoint } from './endpoint.ts';
import type { ResponseHead } from './response-head.ts';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

function request(url: string, more: Partial<ClientRequest> = {}): string {
  return formatRequest({ endpoint: parseEndpoint(url), key, protocols: [], headers: {}, ...more });
}

describe('RFC 6455 4.1: a request', () => {
  it('is what the RFC wants, and nothing else', () => {
    expect(request('ws://server.test/chat')).toBe(
      [
        'GET /chat HTTP/1.1',
        'Host: server.test',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${key}`,
        'Sec-WebSocket-Version: 13',
        '',
        '',
      ].join('\r\n'),
    );
  });

  for (const { name, text, line } of [
    {
      name: 'names a port that is not the own of its scheme',
      text: request('ws://a.test:443/'),
      line: 'Host: a.test:443',
    },
    { name: 'names an IPv6 address in brackets', text: request('ws://[::1]:9/'), line: 'Host: [::1]:9' },
    { name: 'asks for the query too', text: request('ws://a.test/a?b=c'), line: 'GET /a?b=c HTTP/1.1' },
    {
      name: 'offers sub-protocols in their order',
      text: request('ws://a.test/', { protocols: ['b', 'a'] }),
      line: 'Sec-WebSocket-Protocol: b, a',
    },
    {
      name: 'RFC 7617: carries the credentials of the URL, in UTF-8',
      text: request('ws://m%C3%A9:p%3Aw@a.test/'),
      line: `Authorization: Basic ${Buffer.from('mé:p:w').toString('base64')}`,
    },
    {
      name: 'prefers an own Authorization to the credentials of the URL',
      text: request('ws://me:pw@a.test/', { headers: { authorization: 'Bearer x' } }),
      line: 'Authorization: Bearer x',
    },
    {
      name: 'may name another host',
      text: request('ws://a.test/', { headers: { HOST: 'b.test' } }),
      line: 'Host: b.test',
    },
    {
      name: 'carries further headers',
      text: request('ws://a.test/', { headers: { Cookie: 'a=b; c' } }),
      line: 'Cookie: a=b; c',
    },
  ]) {
    test(name, () => {
      const [field = ''] = line.split(/[ :]/);
      const lines = text.split('\r\n').filter((other) => other.toLowerCase().startsWith(field.toLowerCase()));
      expect(lines).toEqual([line]);
    });
  }

  it('has no line of its own making for a CRLF in the URL (CVE-2026-1527)', () => {
    for (const url of [
      'ws://a.test/x\r\nEvil: 1',
      'ws://a.test/%0d%0aEvil:%201',
      'ws://a.test/?q=\r\nEvil: 1',
      'ws://me%0d%0aEvil:%201@a.test/',
    ]) {
      expect(request(url), url).not.toMatch(/^\s*Evil/im);
    }
  });
});

describe('headers that are refused', () => {
  for (const { name, headers, says } of [
    { name: 'CRLF in a value (CVE-2026-1527)', headers: { A: 'b\r\nEvil: 1' }, says: '"A"' },
    { name: 'LF in a value', headers: { A: 'b\nEvil: 1' }, says: '"A"' },
    { name: 'CR in a value', headers: { A: 'b\rEvil: 1' }, says: '"A"' },
    { name: 'a line break at the end of a value', headers: { A: 'b\n' }, says: '"A"' },
    { name: 'NUL in a value', headers: { A: '\0' }, says: '"A"' },
    { name: 'a value that is not Latin-1', headers: { A: '€' }, says: '"A"' },
    { name: 'CRLF in a name', headers: { 'A\r\nEvil': '1' }, says: 'A\\r\\nEvil' },
    { name: 'a colon in a name', headers: { 'A:': '1' }, says: '"A:"' },
    { name: 'a space in a name', headers: { 'A B': '1' }, says: '"A B"' },
    { name: 'an empty name', headers: { '': '1' }, says: '""' },
    { name: 'a value that is no string', headers: { A: 1 }, says: '"A"' },
    { name: 'a list of values', headers: { A: ['1', '2'] }, says: '"A"' },
    { name: 'no value', headers: { A: undefined }, says: '"A"' },
    ...[
      'Connection',
      'Content-Length',
      'Sec-WebSocket-Accept',
      'sec-websocket-extensions',
      'SEC-WEBSOCKET-KEY',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Version',
      'TE',
      'Trailer',
      'Transfer-Encoding',
      'Upgrade',
    ].map((header) => ({ name: header, headers: { [header]: 'x' }, says: `"${header}"` })),
  ]) {
    test(name, () => {
      expect(() => checkHeaders(headers)).toThrow(
        expect.objectContaining({ code: 'invalid-header', message: expect.stringContaining(says) }),
      );
    });
  }

  it('are told without their values, which may be secret', () => {
    expect(() => checkHeaders({ Authorization: 'Bearer s3cret\n' })).toThrow(/^(?!.*s3cret)/);
  });

  it('are no others', () => {
    expect(() => checkHeaders({ Authorization: 'Bearer x', Cookie: 'a="b"', 'X-A!#': '\té\xff' })).not.toThrow();
  });
});

describe('RFC 6455 4.1: a response', () => {
  const good: [string, string][] = [
    ['upgrade', 'websocket'],
    ['connection', 'Upgrade'],
    ['sec-websocket-accept', accept],
  ];
  const check = (headers: readonly [string, string][], protocols: readonly string[] = []) =>
    checkResponse({ status: 101, reason: '', headers } satisfies ResponseHead, { key, protocols }, acceptKey);
  /** The good response, with one header in another form; without values, it is absent. */
  const withHeader = (name: string, ...values: string[]) => [
    ...good.filter(([other]) => other !== name),
    ...values.map((value): [string, string] => [name, value]),
  ];

  for (const { name, headers, offered = [], protocol = '' } of [
    { name: 'as in the RFC', headers: good },
    { name: 'with another case in Upgrade', headers: withHeader('upgrade', 'WebSocket') },
    { name: 'with another case in Connection', headers: withHeader('connection', 'upgrade') },
    { name: 'with more in Connection', headers: withHeader('connection', 'keep-alive, Upgrade') },
    { name: 'with Connection in two lines', headers: withHeader('connection', 'keep-alive', 'upgrade') },
    { name: 'with headers of no meaning here', headers: [...good, ['server', 'x'] as [string, string]] },
    {
      name: 'with one of the sub-protocols',
      headers: withHeader('sec-websocket-protocol', 'b'),
      offered: ['a', 'b'],
      protocol: 'b',
    },
  ]) {
    test(`${name} is taken`, () => {
      expect(check(headers, offered)).toEqual({ protocol });
    });
  }

  for (const { name, headers, offered = [], code } of [
    { name: 'without Upgrade', headers: withHeader('upgrade'), code: 'handshake-upgrade' },
    { name: 'with another Upgrade', headers: withHeader('upgrade', 'h2c'), code: 'handshake-upgrade' },
    {
      name: 'with two protocols in Upgrade',
      headers: withHeader('upgrade', 'websocket, h2c'),
      code: 'handshake-upgrade',
    },
    { name: 'with Upgrade twice', headers: withHeader('upgrade', 'websocket', 'websocket'), code: 'handshake-upgrade' },
    { name: 'without Connection', headers: withHeader('connection'), code: 'handshake-connection' },
    { name: 'with another Connection', headers: withHeader('connection', 'keep-alive'), code: 'handshake-connection' },
    { name: 'with a part of the word', headers: withHeader('connection', 'upgraded'), code: 'handshake-connection' },
    { name: 'without Accept', headers: withHeader('sec-websocket-accept'), code: 'handshake-accept' },
    { name: 'with an empty Accept', headers: withHeader('sec-websocket-accept', ''), code: 'handshake-accept' },
    { name: 'with the key as Accept', headers: withHeader('sec-websocket-accept', key), code: 'handshake-accept' },
    {
      name: 'with Accept in another case',
      headers: withHeader('sec-websocket-accept', accept.toLowerCase()),
      code: 'handshake-accept',
    },
    {
      name: 'with Accept twice',
      headers: withHeader('sec-websocket-accept', accept, accept),
      code: 'handshake-accept',
    },
    {
      name: 'with an extension that nobody asked for',
      headers: withHeader('sec-websocket-extensions', 'permessage-deflate'),
      code: 'handshake-extension',
    },
    {
      name: 'with a header of extensions that is empty (RFC 6455 9.1)',
      headers: withHeader('sec-websocket-extensions', ''),
      code: 'handshake-extension',
    },
    {
      name: 'with a list of extensions without any (RFC 6455 9.1)',
      headers: withHeader('sec-websocket-extensions', ',', ' , '),
      code: 'handshake-extension',
    },
    {
      name: 'with a sub-protocol that nobody asked for',
      headers: withHeader('sec-websocket-protocol', 'chat'),
      code: 'handshake-protocol',
    },
    {
      name: 'with a sub-protocol that was not offered',
      headers: withHeader('sec-websocket-protocol', 'c'),
      offered: ['a', 'b'],
      code: 'handshake-protocol',
    },
    {
      name: 'with a sub-protocol in another case',
      headers: withHeader('sec-websocket-protocol', 'A'),
      offered: ['a'],
      code: 'handshake-protocol',
    },
    {
      name: 'with two sub-protocols',
      headers: withHeader('sec-websocket-protocol', 'a, b'),
      offered: ['a', 'b'],
      code: 'handshake-protocol',
    },
    {
      name: 'with the sub-protocol twice',
      headers: withHeader('sec-websocket-protocol', 'a', 'a'),
      offered: ['a'],
      code: 'handshake-protocol',
    },
    { name: 'that takes up no sub-protocol', headers: good, offered: ['a'], code: 'handshake-protocol' },
    {
      name: 'with an empty sub-protocol',
      headers: withHeader('sec-websocket-protocol', ''),
      code: 'handshake-protocol',
    },
  ]) {
    test(`${name} is refused`, () => {
      expect(() => check(headers, offered)).toThrow(expect.objectContaining({ code }));
    });
  }

  it('is told with what came and what should have come', () => {
    expect(() => check(withHeader('upgrade', 'h2c'))).toThrow('Upgrade: got "h2c", expected websocket');
    expect(() => check(withHeader('upgrade'))).toThrow('Upgrade: got no header, expected websocket');
    expect(() => check(withHeader('sec-websocket-accept', 'x'))).toThrow(`got "x", expected ${accept}`);
  });
});
