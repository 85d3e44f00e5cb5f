import { describe, expect, test } from 'vitest';
import { parseEndpoint } from './endpoint.ts';

const plain = {
  isSecure: false,
  host: 'a.test',
  port: 80,
  authority: 'a.test',
  resource: '/',
  credentials: '',
};

describe('RFC 6455 3: a URL is taken apart', () => {
  for (const { url, expected } of [
    { url: 'ws://a.test', expected: {} },
    { url: 'ws://a.test:80/', expected: {} },
    { url: 'wss://a.test/', expected: { isSecure: true, port: 443 } },
    { url: 'wss://a.test:443/', expected: { isSecure: true, port: 443 } },
    { url: 'wss://a.test:80/', expected: { isSecure: true, port: 80, authority: 'a.test:80' } },
    { url: 'ws://a.test:8080/', expected: { port: 8080, authority: 'a.test:8080' } },
    { url: 'ws://a.test:0/', expected: { port: 0, authority: 'a.test:0' } },
    { url: 'ws://a.test/a%23b?c=%23', expected: { resource: '/a%23b?c=%23' } },
    { url: 'ws://a.test/a|[b]^?{c}|^`', expected: { resource: '/a%7C%5Bb%5D%5E?%7Bc%7D%7C%5E%60' } },
    { url: "ws://a.test/-._~!$&'()*+,;=:@%7C?/?", expected: { resource: "/-._~!$&'()*+,;=:@%7C?/?" } },
    { url: 'ws://a.test/chat/room', expected: { resource: '/chat/room' } },
    { url: 'ws://a.test/chat?a=1&b=?', expected: { resource: '/chat?a=1&b=?' } },
    { url: 'ws://a.test?q', expected: { resource: '/?q' } },
    { url: 'ws://a.test/ö?ü', expected: { resource: '/%C3%B6?%C3%BC' } },
    { url: 'ws://127.0.0.1/', expected: { host: '127.0.0.1', authority: '127.0.0.1' } },
    { url: 'ws://[::1]:9/', expected: { host: '::1', port: 9, authority: '[::1]:9' } },
    { url: 'ws://[2001:db8::1]/', expected: { host: '2001:db8::1', authority: '[2001:db8::1]' } },
    { url: 'ws://bücher.test/', expected: { host: 'xn--bcher-kva.test', authority: 'xn--bcher-kva.test' } },
    { url: 'ws://me:secret@a.test/', expected: { credentials: 'me:secret' } },
    { url: 'ws://me@a.test/', expected: { credentials: 'me:' } },
    { url: 'ws://:secret@a.test/', expected: { credentials: ':secret' } },
    { url: 'ws://m%C3%A9:a%3Ab%40c@a.test/', expected: { credentials: 'mé:a:b@c' } },
    { url: 'ws://me:100%@a.test/', expected: { credentials: 'me:100%' } },
  ]) {
    test(url, () => {
      expect(parseEndpoint(url)).toEqual({ ...plain, ...expected });
    });
  }
});
