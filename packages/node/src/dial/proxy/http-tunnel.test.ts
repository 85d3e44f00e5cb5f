import { describe, expect, test } from 'vitest';
import { httpTunnel } from './http-tunnel.ts';
import { parseProxy } from './proxy.ts';

const limits = { maxHeaderBytes: 1024, maxHeaders: 10, maxHeaderLineBytes: 512 };
const proxy = parseProxy('http://proxy.test:3128');
const tunnel = (given = proxy, host = 'server.test') => httpTunnel(given, host, 443, limits);

describe('CONNECT (RFC 9110 9.3.6)', () => {
  test.each([
    ['a name', proxy, 'server.test', ['CONNECT server.test:443 HTTP/1.1', 'Host: server.test:443']],
    ['an address of IPv6', proxy, '::1', ['CONNECT [::1]:443 HTTP/1.1', 'Host: [::1]:443']],
    [
      'a password',
      parseProxy('http://me:s%3Acret@proxy.test'),
      'server.test',
      ['CONNECT server.test:443 HTTP/1.1', 'Host: server.test:443', 'Proxy-Authorization: Basic bWU6czpjcmV0'],
    ],
    [
      'headers of the app, for the proxy alone',
      parseProxy({ url: 'http://proxy.test', headers: { 'X-Team': 'blue' } }),
      'server.test',
      ['CONNECT server.test:443 HTTP/1.1', 'Host: server.test:443', 'X-Team: blue'],
    ],
  ])('says %s', (_what, given, host, lines) => {
    expect(Buffer.from(tunnel(given, host).opening).toString()).toBe(`${lines.join('\r\n')}\r\n\r\n`);
  });

  test.each([
    ['HTTP/1.1 200 Connection established\r\n\r\n'],
    ['HTTP/1.0 200 OK\r\nVia: 1.0 old\r\n\r\n'],
    // RFC 9110 9.3.6: a length counts for nothing here.
    ['HTTP/1.1 204 Fine\r\nContent-Length: 5\r\n\r\n'],
  ])('is open behind %j, whole and byte by byte', (answer) => {
    expect(tunnel().hear(Buffer.from(answer))).toBe('open');
    const talk = tunnel();
    const heard = Array.from(Buffer.from(answer), (byte) => talk.hear(Uint8Array.of(byte)));
    expect(heard.at(-1)).toBe('open');
    expect(heard.slice(0, -1).filter(Boolean)).toEqual([]);
  });

  test.each([
    [
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      { code: 'proxy-failed', status: 407, headers: { 'proxy-authenticate': 'Basic' } },
    ],
    ['HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n', { code: 'proxy-failed', status: 503, retryAfterMs: 7_000 }],
    ['HTTP/1.1 101 Switching Protocols\r\n\r\n', { code: 'proxy-failed', status: 101 }],
    [
      'HTTP/1.1 200 OK\r\n\r\nHTTP',
      { code: 'proxy-failed', message: expect.stringContaining('before the server was asked') },
    ],
    ['SSH-2.0-OpenSSH', { code: 'http-malformed' }],
    [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(600)}`, { code: 'http-too-large' }],
  ])('is refused by %j', (answer, error) => {
    expect(() => tunnel().hear(Buffer.from(answer))).toThrow(expect.objectContaining(error));
  });
});
