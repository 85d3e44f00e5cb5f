import { describe, expect, test } from 'vitest';
import { redirectOf } from './redirect.ts';

const to = (...locations: string[]) => ({
  status: 302,
  reason: 'Found',
  headers: locations.map((location) => ['location', location] as const),
});

describe('a redirect (RFC 9110 15.4)', () => {
  test.each([
    ['ws://a.test/x', '/y?z=1', 'ws://a.test/y?z=1', true],
    ['ws://a.test/x/', 'y', 'ws://a.test/x/y', true],
    ['ws://a.test:81/x', '//b.test/y', 'ws://b.test/y', false],
    ['ws://a.test/x', 'http://a.test/y', 'ws://a.test/y', true],
    ['ws://a.test/x', 'https://a.test/y', 'wss://a.test/y', false],
    ['wss://a.test/x', 'wss://a.test:443/y', 'wss://a.test/y', true],
    ['wss://a.test/x', 'https://a.test:444/y', 'wss://a.test:444/y', false],
    ['wss://a.test/x', 'https://sub.a.test/y', 'wss://sub.a.test/y', false],
    ['ws://a.test/x', '/y#part', 'ws://a.test/y', true],
    // Who we are goes where it went before, and nowhere else; and nobody tells us who to be.
    ['ws://me:pw@a.test/x', '/y', 'ws://me:pw@a.test/y', true],
    ['ws://me:pw@a.test/x', 'ws://b.test/y', 'ws://b.test/y', false],
    ['ws://a.test/x', 'ws://me:pw@b.test/y', 'ws://b.test/y', false],
    ['ws://me:pw@a.test/x', 'ws://you:no@a.test/y', 'ws://me:pw@a.test/y', true],
    // RFC 9110 10.2.2, and autobahn PYSEC-2020-25: what is no part of a URL does not travel on.
    ['ws://a.test/x', '/y\tz', 'ws://a.test/yz', true],
    ['ws://a.test/x', '/y z', 'ws://a.test/y%20z', true],
  ])('from %s by %j to %s', (from, location, url, isSameOrigin) => {
    expect(redirectOf(from, to(location))).toEqual({ url, isSameOrigin });
  });

  test.each([
    ['ws://a.test/', [], 'without Location'],
    ['ws://a.test/', ['/a', '/b'], 'more than one'],
    ['ws://a.test/', ['http://'], 'no URL'],
    ['ws://a.test/', ['ftp://a.test/'], 'ftp:'],
    ['ws://a.test/', ['javascript:1'], 'javascript:'],
    ['wss://a.test/', ['ws://a.test/'], 'without TLS'],
    ['wss://a.test/', ['http://a.test/'], 'without TLS'],
  ])('from %s by %j is refused', (from, locations, why) => {
    expect(() => redirectOf(from, to(...locations))).toThrow(
      expect.objectContaining({ code: 'redirect-refused', status: 302, message: expect.stringContaining(why) }),
    );
  });
});
