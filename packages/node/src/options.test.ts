import { describe, expect, it, test } from 'vitest';
import { checkNodeOptions, type NodeOptions } from './options.ts';

describe('options that Node alone has are checked', () => {
  for (const { name, options, code, says } of [
    { name: 'headers that are no object', options: { headers: 'A: b' }, code: 'invalid-option', says: 'headers' },
    { name: 'a header with CRLF', options: { headers: { A: 'b\r\nC: d' } }, code: 'invalid-header', says: '"A"' },
    {
      name: 'a header of the handshake',
      options: { headers: { Upgrade: 'x' } },
      code: 'invalid-header',
      says: 'Upgrade',
    },
    { name: 'an origin with CRLF', options: { origin: 'http://a\r\nC: d' }, code: 'invalid-header', says: 'Origin' },
    { name: 'tls that is no object', options: { tls: true }, code: 'invalid-option', says: 'tls' },
    {
      name: 'a tls option that we do not know',
      options: { tls: { rejectUnauthorised: false } },
      code: 'unknown-option',
      says: 'tls.rejectUnauthorised',
    },
    {
      name: 'a tls option that would change the dial',
      options: { tls: { host: 'x' } },
      code: 'unknown-option',
      says: 'tls.host',
    },
  ]) {
    test(`${name} is refused`, () => {
      expect(() => checkNodeOptions(options as NodeOptions)).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining(says) }),
      );
    });
  }

  it('and what is right is taken', () => {
    expect(() => checkNodeOptions({})).not.toThrow();
    expect(() =>
      checkNodeOptions({
        headers: { Cookie: 'a=b' },
        origin: 'https://a.test',
        tls: { ca: 'x', minVersion: 'TLSv1.3' },
      }),
    ).not.toThrow();
  });
});
