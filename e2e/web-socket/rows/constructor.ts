import { assert } from 'chai';
import { type Bench, each, rowsOf } from '../row.ts';
import { end, glance, glanceAt, open, throwsDom, throwsType } from '../row-bench.ts';

/** A URL of the server, from what is different in it. */
const at = ({ server }: Bench, text: string) => text.replace('HOST', new URL(server).host);

const urls = [
  ['ws://HOST', 'ws://HOST/'],
  ['WS://HOST/a', 'ws://HOST/a'],
  ['http://HOST/a', 'ws://HOST/a'],
  ['HTTP://HOST/a', 'ws://HOST/a'],
  ['https://HOST/a', 'wss://HOST/a'],
  ['wss://HOST/a', 'wss://HOST/a'],
  ['  ws://HOST/a\n', 'ws://HOST/a'],
  ['ws:HOST/a', 'ws://HOST/a'],
  ['ws:\\\\HOST\\a', 'ws://HOST/a'],
  ['ws://HOST/a/../b', 'ws://HOST/b'],
  ['ws://HOST/a b', 'ws://HOST/a%20b'],
  ['ws://HOST/é', 'ws://HOST/%C3%A9'],
  ['ws://HOST/?é b', 'ws://HOST/?%C3%A9%20b'],
  ['ws://HOST/%23', 'ws://HOST/%23'],
  ['ws://HOST/?', 'ws://HOST/?'],
  ['ws://HOST/\ud800', 'ws://HOST/%EF%BF%BD'],
] as const;

const refusedUrls = [
  ['ws://'],
  ['ws://HOST:1:2/'],
  ['ws://127.0.0.1:65536/'],
  ['ws://[::1/'],
  ['ftp://HOST/'],
  ['file:///a'],
  ['mailto:me@a.test'],
  ['about:blank'],
  ['data:,a'],
  ['javascript:1'],
  ['blob:http://HOST/a'],
  ['wsx://HOST/'],
  ['ws://HOST/#'],
  ['ws://HOST/a#b'],
  ['http://HOST/?q#'],
] as const;

const relativeUrls = [[''], ['/a'], ['//a.test/'], ['?q'], ['a.test']] as const;

const takenProtocols: readonly (readonly [name: string, given: unknown, offered: string])[] = [
  ['one name', 'chat', 'chat'],
  ['a list of one', ['chat'], 'chat'],
  ['a list', ['v2', 'v1'], 'v2'],
  ['what can be iterated', new Set(['v2', 'v1']), 'v2'],
  ['null, as text', null, 'null'],
  ['a number, as text', 13, '13'],
  ['what is text', [13, null], '13'],
  ['a String object, by its letters', Object('ab'), 'a'],
  ['all that a token may have', "!#$%&'*+-.^_`|~09azAZ", "!#$%&'*+-.^_`|~09azAZ"],
  ['names that differ in case', ['chat', 'CHAT'], 'chat'],
];

const refusedProtocols: readonly (readonly [name: string, given: unknown])[] = [
  ['an empty name', ''],
  ['an empty name in a list', ['a', '']],
  ['a name twice', ['a', 'a']],
  ['a name twice, apart', ['a', 'b', 'a']],
  ['a name twice, once as a number', ['1', 1]],
  ['two names in one', 'a, b'],
  ['a space', 'a b'],
  ['a tab', 'a\tb'],
  ['a line break', 'a\r\nb'],
  ['a NUL', 'a\0'],
  ['DEL', 'a\x7f'],
  ['a letter beyond ASCII', 'é'],
  ...[...'"(),/:;<=>?@[\\]{}'].map((letter) => [`the separator ${letter}`, `a${letter}b`] as const),
  ['an object that is no list', {}],
];

/** `new WebSocket(url, protocols)` */
export const constructorRows = [
  ...rowsOf('constructor: url', {
    ...each(
      urls,
      (given) => `takes ${JSON.stringify(given)}`,
      (bench, [given, url]) =>
        glanceAt(new bench.WebSocket(at(bench, given)), (socket) => assert.equal(socket.url, at(bench, url))),
    ),
    'takes a URL object': (bench) =>
      glanceAt(new bench.WebSocket(new URL(at(bench, 'http://HOST/a'))), (socket) =>
        assert.equal(socket.url, at(bench, 'ws://HOST/a')),
      ),
    ...each(
      refusedUrls,
      (given) => `refuses ${JSON.stringify(given)}: SyntaxError`,
      (bench, [given]) => throwsDom('SyntaxError', () => new bench.WebSocket(at(bench, given))),
    ),
    ...each(
      relativeUrls,
      (given) => `refuses ${JSON.stringify(given)} where there is no base, as outside of a page: SyntaxError`,
      ({ WebSocket, isPage }, [given]) => {
        if (!isPage) return throwsDom('SyntaxError', () => new WebSocket(given));
        // It may lead anywhere: nobody waits for that.
        const socket = new WebSocket(given);
        socket.close();
        return assert.match(socket.url, /^ws:/);
      },
    ),
    'needs one: TypeError': ({ WebSocket }) => {
      const make = WebSocket as unknown as new () => unknown;
      throwsType(() => new make());
    },
    'refuses a symbol: TypeError': ({ WebSocket }) => throwsType(() => new WebSocket(Symbol('ws:') as never)),
  }),
  ...rowsOf('constructor: protocols', {
    ...each(
      takenProtocols,
      (name) => `takes ${name}`,
      async (bench, [, given, chosen]) => {
        const socket = await open(bench, '/echo', given as string);
        assert.equal(socket.protocol, chosen);
        await end(socket);
      },
    ),
    ...each(
      refusedProtocols,
      (name) => `refuses ${name}: SyntaxError`,
      ({ WebSocket, server }, [, given]) => throwsDom('SyntaxError', () => new WebSocket(server, given as string)),
    ),
    'takes an empty list for none': async (bench) => {
      const socket = await open(bench, '/echo', []);
      assert.equal(socket.protocol, '');
      await end(socket);
    },
    'refuses a symbol: TypeError': ({ WebSocket, server }) => {
      throwsType(() => new WebSocket(server, Symbol('a') as never));
      throwsType(() => new WebSocket(server, [Symbol('a')] as never));
    },
  }),
  ...rowsOf('constructor: the new object', {
    'is CONNECTING, and has nothing yet': async (bench) => {
      const seen = await glance(bench, '/echo', (socket) => [
        socket.readyState,
        socket.bufferedAmount,
        socket.extensions,
        socket.protocol,
        socket.binaryType,
        socket.onopen,
        socket.onmessage,
        socket.onerror,
        socket.onclose,
      ]);
      assert.deepEqual(seen, [0, 0, '', '', 'blob', null, null, null, null]);
    },
    'can be of a subclass': async (bench) => {
      class Chat extends bench.WebSocket {
        readonly room = 'hall';
      }
      const chat = await open({ ...bench, WebSocket: Chat }, '/echo');
      assert.instanceOf(chat, Chat);
      assert.equal(chat.room, 'hall');
      await end(chat);
    },
  }),
];
