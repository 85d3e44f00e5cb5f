import { describe, expect, it, test } from 'vitest';
import { parseEndpoint } from '../handshake/endpoint.ts';
import { placeOf, socketError } from './open-socket.ts';

const place = placeOf(parseEndpoint('wss://me:secret@a.test:444/path?token=secret'));
const systemError = (code: string, syscall?: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code} happened`), { code, ...(syscall && { syscall }) });

describe('what the system says becomes one of our codes', () => {
  for (const [ours, ...theirs] of [
    ['name-resolution', 'ENOTFOUND', 'EAI_AGAIN'],
    ['connection-refused', 'ECONNREFUSED', 'ENOENT'],
    ['tcp-failed', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ERR_SOCKET_CLOSED'],
    [
      'tls-failed',
      'EPROTO',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_OSSL_PEM_NO_START_LINE',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'CERT_REVOKED',
      'CERT_UNTRUSTED',
      'CRL_HAS_EXPIRED',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
      'HOSTNAME_MISMATCH',
      'ERROR_IN_CERT_NOT_AFTER_FIELD',
    ],
  ] as const) {
    test.for(theirs)(`%s is ${ours}`, (code) => {
      expect(socketError(systemError(code), place)).toMatchObject({ code: ours });
    });
  }

  it('any failure of getaddrinfo is name-resolution', () => {
    expect(socketError(systemError('EAI_FAIL', 'getaddrinfo'), place).code).toBe('name-resolution');
  });

  it('an error without a code is tcp-failed', () => {
    const error = socketError(new Error('odd'), place);
    expect(error.message).toBe('tcp-failed: a.test port 444: odd');
  });
});

it('names the place and the code of the system, keeps the cause, and shows no secret', () => {
  const cause = systemError('ECONNRESET');
  const error = socketError(cause, place);
  expect(error.message).toBe('tcp-failed: a.test port 444: ECONNRESET');
  expect(error.cause).toBe(cause);
});
