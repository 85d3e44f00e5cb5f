import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../handshake/endpoint.ts';
import type { RouteOptions } from './options.ts';
import { resolveRoute } from './route.ts';

const endpoint = parseEndpoint('ws://a.test/');

describe('a proxy by URL', () => {
  test.each([
    ['http://p.test', { kind: 'http', host: 'p.test', port: 80, isSecure: false, credentials: '' }],
    ['http://p.test:3128/', { kind: 'http', port: 3128 }],
    ['https://p.test', { kind: 'http', port: 443, isSecure: true }],
    ['socks5://p.test', { kind: 'socks5', port: 1080, resolvesNames: false }],
    ['socks5h://[::1]:9', { kind: 'socks5', host: '::1', port: 9, resolvesNames: true }],
    ['http://me:a%20b@p.test', { credentials: 'me:a b' }],
    [new URL('http://p.test:3128'), { port: 3128 }],
    [
      { url: 'https://p.test', headers: { 'X-A': 'b' }, tls: { servername: 'other.test' } },
      { headers: { 'X-A': 'b' } },
    ],
  ])('%s', (proxy, expected) => {
    expect(resolveRoute({ proxy }).proxyFor(endpoint)).toMatchObject(expected);
  });
});

describe('refuses', () => {
  test.each<[unknown, string, string]>([
    [{ proxy: 'p.test:3128' }, 'invalid-option', 'p.test:3128'],
    [{ proxy: 'ftp://p.test' }, 'invalid-option', 'socks5h:'],
    [{ proxy: 'socks4://p.test' }, 'invalid-option', 'socks4'],
    [{ proxy: 'http://p.test/path' }, 'invalid-option', 'host alone'],
    [{ proxy: 'http://p.test/?q' }, 'invalid-option', 'host alone'],
    [{ proxy: '' }, 'invalid-option', 'host alone'],
    [{ proxy: 7 }, 'invalid-option', '7'],
    [{ proxy: null }, 'invalid-option', 'null'],
    [{ proxy: {} }, 'invalid-option', 'undefined'],
    [{ proxy: { url: 'http://p.test', auth: 'me' } }, 'unknown-option', 'proxy.auth'],
    [{ proxy: { url: 'http://p.test', headers: { 'X-A': 'b\r\nc' } } }, 'invalid-header', 'X-A'],
    [{ proxy: { url: 'http://p.test', tls: { cert: 'none' } } }, 'invalid-option', 'tls'],
    [{ proxy: 'http://p.test', socketPath: '/run/a.sock' }, 'invalid-option', 'one of them'],
    [{ socketPath: '' }, 'invalid-option', 'a path'],
    [{ socketPath: 7 }, 'invalid-option', '7'],
  ])('%j', (options, code, says) => {
    expect(() => resolveRoute(options as RouteOptions)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(says) }),
    );
  });

  test('tells no password', () => {
    expect(() => resolveRoute({ proxy: 'ftp://me:secret@p.test' })).toThrow(/^(?!.*secret)/);
  });
});
