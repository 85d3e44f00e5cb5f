import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../handshake/endpoint.ts';
import { proxyFromEnvironment } from './environment.ts';

/** The proxy for a URL, as `host:port`, or nothing. */
function proxyFor(url: string, env: Record<string, string>): string | undefined {
  const proxy = proxyFromEnvironment(env)(parseEndpoint(url));
  return proxy && `${proxy.host}:${proxy.port}`;
}

describe('the proxy of the environment', () => {
  test.each([
    ['none', 'wss://a.test/', {}, undefined],
    [
      'https_proxy for wss:',
      'wss://a.test/',
      { https_proxy: 'http://p.test:1', http_proxy: 'http://q.test:2' },
      'p.test:1',
    ],
    [
      'http_proxy for ws:',
      'ws://a.test/',
      { https_proxy: 'http://p.test:1', http_proxy: 'http://q.test:2' },
      'q.test:2',
    ],
    [
      'wss_proxy before https_proxy',
      'wss://a.test/',
      { wss_proxy: 'http://p.test:1', https_proxy: 'http://q.test:2' },
      'p.test:1',
    ],
    [
      'ws_proxy before http_proxy',
      'ws://a.test/',
      { ws_proxy: 'http://p.test:1', http_proxy: 'http://q.test:2' },
      'p.test:1',
    ],
    ['all_proxy else', 'ws://a.test/', { all_proxy: 'socks5://p.test' }, 'p.test:1080'],
    ['names in capitals', 'wss://a.test/', { HTTPS_PROXY: 'http://p.test:1' }, 'p.test:1'],
    [
      'small letters first',
      'wss://a.test/',
      { HTTPS_PROXY: 'http://q.test:2', https_proxy: 'http://p.test:1' },
      'p.test:1',
    ],
    ['HTTP_PROXY where this is no CGI program', 'ws://a.test/', { HTTP_PROXY: 'http://p.test:1' }, 'p.test:1'],
    [
      'no HTTP_PROXY where it may be a header',
      'ws://a.test/',
      { HTTP_PROXY: 'http://p.test:1', REQUEST_METHOD: 'GET' },
      undefined,
    ],
    ['http: where there is no scheme', 'ws://a.test/', { http_proxy: 'p.test:3128' }, 'p.test:3128'],
    ['nothing where it is empty', 'ws://a.test/', { http_proxy: '' }, undefined],
  ])('%s', (_what, url, env, expected) => {
    expect(proxyFor(url, env as Record<string, string>)).toBe(expected);
  });

  test.each([
    ['*', 'ws://a.test/', true],
    ['a.test', 'ws://a.test/', true],
    ['A.Test', 'ws://a.test/', true],
    ['test', 'ws://a.test/', true],
    ['.test', 'ws://a.test/', true],
    ['*.test', 'ws://a.test/', true],
    ['b.test, a.test', 'ws://a.test/', true],
    ['b.test a.test', 'ws://a.test/', true],
    ['a.test:81', 'ws://a.test:81/', true],
    ['a.test:81', 'ws://a.test:82/', false],
    ['a.test:80', 'ws://a.test/', true],
    ['.test', 'ws://atest/', false],
    ['b.a.test', 'ws://a.test/', false],
    ['est', 'ws://a.test/', false],
    ['127.0.0.1', 'ws://127.0.0.1/', true],
    ['0.0.1', 'ws://127.0.0.1/', false],
    ['10.0.0.0/8', 'ws://10.9.8.7/', true],
    ['10.0.0.0/8', 'ws://11.0.0.1/', false],
    ['10.0.0.0/8', 'ws://a.test/', false],
    ['10.0.0.0/99', 'ws://10.0.0.1/', false],
    ['fd00::/8', 'ws://[fd12::1]/', true],
    ['fd00::/8', 'ws://10.0.0.1/', false],
    ['::1', 'ws://[::1]/', true],
    ['[::1]', 'ws://[::1]/', true],
    ['[::1]:81', 'ws://[::1]:81/', true],
    ['[::1]:81', 'ws://[::1]:82/', false],
    ['', 'ws://a.test/', false],
  ])('no_proxy %j with %s: %s', (no_proxy, url, isExcepted) => {
    expect(proxyFor(url, { all_proxy: 'http://p.test:1', no_proxy }) === undefined).toBe(isExcepted);
  });

  test('is refused at once where it is no URL of a proxy, whatever the server', () => {
    expect(() => proxyFromEnvironment({ https_proxy: 'ftp://me:secret@p.test' })).toThrow(
      expect.objectContaining({ code: 'invalid-option', message: expect.not.stringContaining('secret') }),
    );
  });
});
