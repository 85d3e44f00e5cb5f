import { expect, test } from 'vitest';
import { parseWebSocketUrl } from './web-socket-url.ts';

test.for<[given: unknown, href: string, origin?: string]>([
  ['ws://a.test', 'ws://a.test/', 'ws://a.test'],
  ['wss://a.test', 'wss://a.test/', 'wss://a.test'],
  ['http://a.test/x', 'ws://a.test/x', 'ws://a.test'],
  ['https://a.test/x', 'wss://a.test/x', 'wss://a.test'],
  ['HTTP://A.test/Http', 'ws://a.test/Http', 'ws://a.test'],
  ['WS://A.TEST/PATH', 'ws://a.test/PATH'],
  ['ws://a.test:80/', 'ws://a.test/'],
  ['wss://a.test:443/', 'wss://a.test/'],
  ['http://a.test:80/', 'ws://a.test/'],
  ['https://a.test:443/', 'wss://a.test/'],
  ['ws://a.test:443/', 'ws://a.test:443/', 'ws://a.test:443'],
  ['https://a.test:80/', 'wss://a.test:80/', 'wss://a.test:80'],
  ['ws://a.test/?q=a b', 'ws://a.test/?q=a%20b'],
  ['ws://a.test/a b', 'ws://a.test/a%20b'],
  ['ws://a.test/%23', 'ws://a.test/%23'],
  ['ws://a.test/../x/./y', 'ws://a.test/x/y'],
  ['  ws://a.test/\t ', 'ws://a.test/'],
  ['ws:a.test', 'ws://a.test/'],
  ['ws:\\\\a.test\\x', 'ws://a.test/x'],
  ['ws://me:word@a.test/', 'ws://me:word@a.test/', 'ws://a.test'],
  ['ws://[::1]:8080/', 'ws://[::1]:8080/', 'ws://[::1]:8080'],
  ['ws://0x7f.1/', 'ws://127.0.0.1/'],
  ['ws://bücher.test/', 'ws://xn--bcher-kva.test/'],
  ['ws://a.test/\ud800', 'ws://a.test/%EF%BF%BD'],
  [new URL('http://a.test/x?y'), 'ws://a.test/x?y'],
  [{ toString: () => 'ws://a.test/made' }, 'ws://a.test/made'],
])('%s is %s', ([given, href, origin]) => {
  const url = parseWebSocketUrl(given);
  expect(url.href).toBe(href);
  if (origin !== undefined) expect(url.origin).toBe(origin);
});

test.for<[given: unknown]>([
  [''],
  ['/chat'],
  ['//a.test/'],
  ['a.test'],
  ['?q'],
  ['ws://'],
  ['ws:///'],
  ['ws://a test/'],
  ['ws://a.test:port/'],
  ['ws://a.test:65536/'],
  ['ws://[::1/'],
  ['ftp://a.test/'],
  ['mailto:me@a.test'],
  ['javascript:1'],
  ['about:blank'],
  ['data:text/plain,x'],
  ['blob:https://a.test/1'],
  ['file:///x'],
  ['wsx://a.test/'],
  ['ws://a.test/#'],
  ['ws://a.test/#part'],
  ['https://a.test/?q#'],
  [undefined],
  [null],
  [1],
  [{}],
])('%s is a SyntaxError', ([given]) => {
  expect(() => parseWebSocketUrl(given)).toThrow(expect.objectContaining({ name: 'SyntaxError', code: 12 }));
});

test('a SyntaxError is a DOMException, and shows nothing secret', () => {
  try {
    parseWebSocketUrl('ws://me:word@a.test/?token=t#x');
  } catch (error) {
    expect(error).toBeInstanceOf(DOMException);
    expect(String(error)).toBe('SyntaxError: WebSocket URL: a fragment is not allowed');
    return;
  }
  expect.unreachable();
});

test('a symbol is a TypeError', () => {
  expect(() => parseWebSocketUrl(Symbol('ws://a.test'))).toThrow(TypeError);
});
