import { describe, expect, it, test } from 'vitest';
import { localhostCertificate } from '../certificates.test-helper.ts';
import { resolveWebSocketOptions, type WebSocketOptions } from './options.ts';

describe('the options of a WebSocket', () => {
  it('have the defaults of a client', () => {
    expect(resolveWebSocketOptions({})).toMatchObject({
      connectTimeoutMs: 15_000,
      closeTimeoutMs: 5_000,
      maxMessageBytes: 2 ** 24,
    });
  });

  test.for<[name: string, given: WebSocketOptions]>([
    ['headers', { headers: { Authorization: 'Bearer a' } }],
    ['headers that are asked for', { headers: async () => ({}) }],
    ['an origin', { origin: 'https://a.test' }],
    ['tls', { tls: { ca: localhostCertificate.cert } }],
    ['limits', { limits: { maxFragments: 1 } }],
    ['no compression', { compression: false }],
    ['times', { connectTimeoutMs: 1, closeTimeoutMs: 2 }],
    ['a size', { maxMessageBytes: 3 }],
    ['what is undefined', { headers: undefined, origin: undefined } as unknown as WebSocketOptions],
  ])('take %s', ([, given]) => {
    expect(() => resolveWebSocketOptions(given)).not.toThrow();
  });

  test.for<[name: string, given: object, code: string]>([
    ['a name that there is not', { header: {} }, 'unknown-option'],
    ['an inherited name that there is not', Object.create({ header: {} }) as object, 'unknown-option'],
    ['what only a client has: reconnect', { reconnect: false }, 'unknown-option'],
    ['what only a client has: heartbeat', { heartbeat: false }, 'unknown-option'],
    ['what only a client has: outbox', { outbox: false }, 'unknown-option'],
    ['what only a client has: signal', { signal: new AbortController().signal }, 'unknown-option'],
    ['sub-protocols', { protocols: ['a'] }, 'unknown-option'],
    ['a limit that there is not', { limits: { most: 1 } }, 'unknown-option'],
    ['a header that the handshake sets', { headers: { Upgrade: 'x' } }, 'invalid-header'],
    ['a header with a line break', { headers: { A: 'b\r\nc: d' } }, 'invalid-header'],
    ['a time that is none', { connectTimeoutMs: -1 }, 'invalid-option'],
    ['a key that is no PEM', { tls: { key: 'no pem' } }, 'invalid-option'],
    ['a member of tls that there is not', { tls: { socket: {} } }, 'unknown-option'],
  ])('refuse %s', ([, given, code]) => {
    expect(() => resolveWebSocketOptions(given as WebSocketOptions)).toThrow(expect.objectContaining({ code }));
  });
});
