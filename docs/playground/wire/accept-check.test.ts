import { expect, it } from 'vitest';
import { acceptKey } from '../../../packages/node/src/handshake/accept-key.ts';
import { formatHex } from '../frame/hex.ts';
import { pageAcceptKey } from '../line/page-accept-key.ts';
import { checkAccept } from './accept-check.ts';
import { headerNote, startLineNote } from './header-notes.ts';
import { splitHead } from './http-text.ts';

// RFC 6455 1.3.
const request = 'GET /chat HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const response = 'HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept:  s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

it('RFC 6455 1.3: the accept key comes about in the steps of the example', () => {
  const check = checkAccept(request, response);
  expect(check).toMatchObject({
    key: 'dGhlIHNhbXBsZSBub25jZQ==',
    joined: 'dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11',
    accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    answered: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    isRight: true,
  });
  expect(formatHex(check?.digest ?? [])).toBe('b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea');
});

it('another answer, and none yet, are not right', () => {
  expect(checkAccept(request, response.replace('s3p', 's3q'))?.isRight).toBe(false);
  expect(checkAccept(request, undefined)).toMatchObject({ answered: undefined, isRight: false });
});

it('a request without a key has no accept key', () => {
  expect(checkAccept('GET / HTTP/1.1\r\n\r\n', undefined)).toBeUndefined();
});

it('the page computes what Node does', () => {
  for (const key of ['', 'a', 'x'.repeat(100), 'dGhlIHNhbXBsZSBub25jZQ=='])
    expect(pageAcceptKey(key)).toBe(acceptKey(key));
});

it('a head is split into its lines, and what stands behind it', () => {
  expect(splitHead('HTTP/1.1 503 Refused\r\nRetry-After: 5\r\nX: a:b\r\n\r\nno\r\n')).toEqual({
    startLine: 'HTTP/1.1 503 Refused',
    headers: [
      { name: 'Retry-After', value: '5' },
      { name: 'X', value: 'a:b' },
    ],
    body: 'no\r\n',
  });
});

it('headers are explained by their names in any case, those that nobody knows too', () => {
  expect(headerNote('SEC-WebSocket-Key').section).toBe('RFC 6455 4.1');
  expect(headerNote('constructor').text).toMatch(/nothing/);
  expect(startLineNote('HTTP/1.1 503 Refused').text).toMatch(/failed/);
});
