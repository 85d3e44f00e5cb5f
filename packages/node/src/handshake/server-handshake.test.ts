import { describe, expect, it, test } from 'vitest';
import type { Headers } from './http-head.ts';
import { acceptKey } from './accept-key.ts';
import { formatRefusal } from './refusal.ts';
import { checkHeadLimits, checkRequest, formatAcceptance, type HandshakePolicy } from './server-handshake.ts';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const good: Readonly<Record<string, string | undefined>> = {
  host: 'a.test',
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-key': key,
  'sec-websocket-version': '13',
};
const open: HandshakePolicy = { path: undefined, origin: 'same', protocols: [] };

interface Change {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  /** Headers instead of the good ones; `undefined` leaves one out. */
  readonly with?: Record<string, string | undefined>;
  /** Headers besides them. */
  readonly and?: Headers;
  readonly policy?: Partial<HandshakePolicy>;
}

function check({ method = 'GET', target = '/', version = '1.1', with: changed, and = [], policy }: Change) {
  const all = Object.entries({ ...good, ...changed });
  const headers = [...all.filter((entry): entry is [string, string] => entry[1] !== undefined), ...and];
  return checkRequest({ method, target, version, headers }, '192.0.2.1', { ...open, ...policy });
}

describe('RFC 6455 4.2.1: a handshake is taken', () => {
  const taken: Record<string, Change> = {
    'as the RFC has it': {},
    'in other cases of letters': { with: { upgrade: 'WebSocket', connection: 'uPGRADE' } },
    'where Connection is a list': { with: { connection: 'keep-alive, Upgrade' } },
    'where Connection stands in two lines': { with: { connection: 'keep-alive' }, and: [['connection', 'upgrade']] },
    'where Upgrade offers more': { with: { upgrade: 'h2c, websocket' } },
    'of a later HTTP/1': { version: '1.2' },
    'with an absolute target': { target: 'http://a.test/' },
    'with a length of 0': { with: { 'content-length': '0' } },
    'with extensions that nobody knows': { with: { 'sec-websocket-extensions': 'permessage-deflate; a="b", x-y' } },
    'with an origin that is its own': { with: { origin: 'http://a.test' } },
    'on its path': { target: '/chat?a=b', policy: { path: '/chat' } },
    'with a port': { with: { host: 'a.test:8080' } },
    'with the host of the target as its origin': {
      target: 'http://b.test/',
      with: { origin: 'http://b.test' },
    },
    'with an IPv6 host': { with: { host: '[::1]:8080' } },
  };
  test.for(Object.entries(taken))('%s', ([, change]) => {
    expect(check(change)).toMatchObject({ key, protocol: '' });
  });

  it('tells the app what was asked', () => {
    const handshake = check({
      target: 'http://a.test/chat?a=b',
      with: { 'sec-websocket-protocol': 'b, a' },
      and: [
        ['x-a', '1'],
        ['x-a', '2'],
      ],
    });
    expect(handshake.request).toMatchObject({
      url: '/chat?a=b',
      protocols: ['b', 'a'],
      remoteAddress: '192.0.2.1',
      headers: { host: 'a.test', 'x-a': '1, 2' },
    });
  });
});

describe('RFC 6455 4.2.2: anything else is refused with its status', () => {
  const upgrade = { upgrade: 'websocket', 'sec-websocket-version': '13' };
  const refused: Record<string, Change & { status: number; answer?: Record<string, string> }> = {
    'HTTP/1.0': { version: '1.0', status: 400 },
    'HTTP/2.0': { version: '2.0', status: 400 },
    POST: { method: 'POST', status: 405, answer: { allow: 'GET' } },
    'get in lower case': { method: 'get', status: 405, answer: { allow: 'GET' } },
    'no Host': { with: { host: undefined }, status: 400 },
    'two Hosts': { and: [['host', 'b.test']], status: 400 },
    'an empty Host': { with: { host: '' }, status: 400 },
    'a Host with a path': { with: { host: 'a.test/b' }, status: 400 },
    'a Host with a user': { with: { host: 'me@a.test' }, status: 400 },
    'a body by its length': { with: { 'content-length': '5' }, status: 400 },
    'a length that is none': { with: { 'content-length': 'x' }, status: 400 },
    'a body in chunks': { with: { 'transfer-encoding': 'chunked' }, status: 400 },
    'a target that is no path': { target: 'chat', status: 400 },
    'the target *': { target: '*', status: 400 },
    'a fragment': { target: '/a#b', status: 400 },
    'another path': { target: '/other', policy: { path: '/chat' }, status: 404 },
    'a longer path': { target: '/chat/', policy: { path: '/chat' }, status: 404 },
    'no Upgrade': { with: { upgrade: undefined }, status: 426, answer: upgrade },
    'another Upgrade': { with: { upgrade: 'h2c' }, status: 426, answer: upgrade },
    'an Upgrade with a space that HTTP does not know': { with: { upgrade: 'websocket\u00a0' }, status: 426 },
    'an Upgrade that only begins so': { with: { upgrade: 'websocket2' }, status: 426, answer: upgrade },
    'no Connection': { with: { connection: undefined }, status: 400 },
    'a Connection without upgrade': { with: { connection: 'keep-alive' }, status: 400 },
    'no version': { with: { 'sec-websocket-version': undefined }, status: 426, answer: upgrade },
    'version 8': { with: { 'sec-websocket-version': '8' }, status: 426, answer: upgrade },
    'version 013': { with: { 'sec-websocket-version': '013' }, status: 426, answer: upgrade },
    'two versions': { and: [['sec-websocket-version', '13']], status: 426, answer: upgrade },
    'no key': { with: { 'sec-websocket-key': undefined }, status: 400 },
    'an empty key': { with: { 'sec-websocket-key': '' }, status: 400 },
    'two keys': { and: [['sec-websocket-key', key]], status: 400 },
    'a key of 15 bytes': { with: { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25j' }, status: 400 },
    'a key of 17 bytes': { with: { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZTE=' }, status: 400 },
    'a key with bits where none may be': { with: { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZR==' }, status: 400 },
    'a key in the alphabet of URLs': { with: { 'sec-websocket-key': '-_hlIHNhbXBsZSBub25jZQ==' }, status: 400 },
    'an empty offer': { with: { 'sec-websocket-protocol': '' }, status: 400 },
    'an offer that is no token': { with: { 'sec-websocket-protocol': 'a b' }, status: 400 },
    'an offer twice': { with: { 'sec-websocket-protocol': 'a, a' }, status: 400 },
    'an offer twice in two lines': {
      with: { 'sec-websocket-protocol': 'a' },
      and: [['sec-websocket-protocol', 'a']],
      status: 400,
    },
    'an empty list of extensions': { with: { 'sec-websocket-extensions': '' }, status: 400 },
    'extensions that are none': { with: { 'sec-websocket-extensions': 'a; b="c d"' }, status: 400 },
    'a foreign origin': { with: { origin: 'http://evil.test' }, status: 403 },
    'the host of the target is not that of the origin': {
      target: 'http://b.test/',
      with: { origin: 'http://a.test' },
      status: 403,
    },
    'two origins': { with: { origin: 'http://a.test' }, and: [['origin', 'http://a.test']], status: 400 },
    'a choice that was not offered': { policy: { protocols: () => 'x' }, status: 500 },
  };
  test.for(Object.entries(refused))('%s', ([, { status, answer = {}, ...change }]) => {
    try {
      check(change);
    } catch (error) {
      expect(error).toMatchObject({ code: 'handshake-refused', status });
      const [line, ...lines] = (formatRefusal(error as never).split('\r\n\r\n', 1)[0] as string)
        .toLowerCase()
        .split('\r\n');
      expect(line).toMatch(new RegExp(`^http/1\\.1 ${status} [a-z ]+$`));
      for (const [name, value] of Object.entries(answer)) expect(lines).toContain(`${name}: ${value.toLowerCase()}`);
      expect(lines.filter((other) => other.startsWith('connection:'))).toHaveLength(1);
      return;
    }
    expect.unreachable('it was taken');
  });

  it('shows what was wrong and what is expected, but not without end', () => {
    expect(() => check({ with: { 'sec-websocket-key': 'x'.repeat(5000) } })).toThrow(
      /^handshake-refused: Sec-WebSocket-Key: got "x{80}", expected 16 bytes in base64$/,
    );
  });
});

describe('RFC 6455 4.2.2, step 4: the sub-protocol', () => {
  for (const { name, offered, protocols, chosen } of [
    { name: 'is the first of the server that was offered', offered: 'b, a', protocols: ['a', 'b'], chosen: 'a' },
    { name: 'is offered in several lines', offered: 'c', protocols: ['x', 'd'], chosen: 'd' },
    { name: 'is none where there is no match', offered: 'c', protocols: ['a'], chosen: '' },
    { name: 'is none where none was offered', offered: undefined, protocols: ['a'], chosen: '' },
    { name: 'tells cases of letters apart', offered: 'A', protocols: ['a'], chosen: '' },
    {
      name: 'may be chosen by a function',
      offered: 'a, b',
      protocols: (of: readonly string[]) => of.at(-1),
      chosen: 'd',
    },
    { name: 'may be refused by a function', offered: 'a', protocols: () => undefined, chosen: '' },
  ])
    test(name, () => {
      const and: Headers = offered === undefined ? [] : [['sec-websocket-protocol', 'd']];
      expect(check({ with: { 'sec-websocket-protocol': offered }, and, policy: { protocols } }).protocol).toBe(chosen);
    });
});

describe('RFC 6455 4.2.2, step 5: the answer', () => {
  it('is that of RFC 6455 1.3, and nothing else', () => {
    expect(formatAcceptance(check({}), acceptKey)).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    );
  });

  it('names the sub-protocol', () => {
    const handshake = check({ with: { 'sec-websocket-protocol': 'a' }, policy: { protocols: ['a'] } });
    expect(formatAcceptance(handshake, acceptKey)).toMatch(/\r\nSec-WebSocket-Protocol: a\r\n\r\n$/);
  });
});

describe('a head that another parser has read is held against the limits too', () => {
  const limits = { maxHeaderBytes: 100, maxHeaders: 3, maxHeaderLineBytes: 50 };
  const head = (target: string, ...headers: [string, string][]) => ({ method: 'GET', version: '1.1', target, headers });
  for (const { name, fits, over } of [
    {
      name: 'headers',
      fits: head('/', ['a', '1'], ['a', '2'], ['a', '3']),
      over: head('/', ['a', '1'], ['a', '2'], ['a', '3'], ['a', '4']),
    },
    { name: 'a line', fits: head('/', ['a', 'b'.repeat(47)]), over: head('/', ['a', 'b'.repeat(48)]) },
    { name: 'the target', fits: head('/'.repeat(50)), over: head('/'.repeat(51)) },
    {
      name: 'all bytes',
      fits: head('/'.repeat(40), ['a', 'b'.repeat(40)], ['a', 'b'.repeat(8)]),
      over: head('/'.repeat(40), ['a', 'b'.repeat(40)], ['a', 'b'.repeat(9)]),
    },
  ])
    test(name, () => {
      expect(() => checkHeadLimits(fits, limits)).not.toThrow();
      expect(() => checkHeadLimits(over, limits)).toThrow(expect.objectContaining({ status: 431 }));
    });
});
