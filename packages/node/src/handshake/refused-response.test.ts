import { describe, expect, it, test } from 'vitest';
import type { ResponseHead } from './response-head.ts';
import { RefusedResponse } from './refused-response.ts';

const headOf = (...headers: [string, string][]): ResponseHead => ({ status: 401, reason: 'Unauthorized', headers });
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text));

/** Feeds all of a body, for more may come once no more is needed; answers what the error has of it, and whether it was enough. */
function bodyOf(head: ResponseHead, chunks: readonly Uint8Array[]) {
  const response = new RefusedResponse(head);
  const isEnough = [new Uint8Array(0), ...chunks].map((chunk) => response.push(chunk)).includes(true);
  return { isEnough, body: response.toError().body };
}

describe('the body of a refusal', () => {
  const chunked: [string, string] = ['transfer-encoding', 'chunked'];
  for (const { name, headers, text, body, isEnough } of [
    {
      name: 'of a length that is told',
      headers: [['content-length', '4']],
      text: 'nope',
      body: 'nope',
      isEnough: true,
    },
    {
      name: 'of a length that is told, and not yet there',
      headers: [['content-length', '9']],
      text: 'nope',
      body: 'nope',
      isEnough: false,
    },
    { name: 'of no length', headers: [['content-length', '0']], text: '', body: '', isEnough: true },
    { name: 'that lasts until the end', headers: [], text: 'nope', body: 'nope', isEnough: false },
    {
      name: 'with a length that is no number',
      headers: [['content-length', '4, 4']],
      text: 'nope',
      body: 'nope',
      isEnough: false,
    },
    { name: 'in chunks', headers: [chunked], text: '2\r\nno\r\n2\r\npe\r\n0\r\n\r\n', body: 'nope', isEnough: true },
    {
      name: 'in chunks with hex lengths',
      headers: [chunked],
      text: 'a\r\n0123456789\r\n0\r\n\r\n',
      body: '0123456789',
      isEnough: true,
    },
    {
      name: 'in chunks with extensions',
      headers: [chunked],
      text: '4;a=b\r\nnope\r\n0\r\n\r\n',
      body: 'nope',
      isEnough: true,
    },
    {
      name: 'in chunks that are not all there',
      headers: [chunked],
      text: '2\r\nno\r\n5\r\npe',
      body: 'nope',
      isEnough: false,
    },
    { name: 'in no chunk', headers: [chunked], text: '0\r\n\r\n', body: '', isEnough: true },
    { name: 'in chunks that are none', headers: [chunked], text: 'nope\r\n', body: '', isEnough: false },
    {
      name: 'with bytes behind its length',
      headers: [['content-length', '4']],
      text: 'nope, and more',
      body: 'nope',
      isEnough: true,
    },
    {
      name: 'of no length, with bytes behind',
      headers: [['content-length', '0']],
      text: 'x',
      body: '',
      isEnough: true,
    },
    {
      name: 'in chunks, of which one holds what looks like the last',
      headers: [chunked],
      text: '7\r\nno\r\n0\r\n\r\n2\r\npe\r\n0\r\n\r\n',
      body: 'no\r\n0\r\npe',
      isEnough: true,
    },
    {
      name: 'in chunks with bytes behind the last',
      headers: [chunked],
      text: '4\r\nnope\r\n0\r\n\r\n4\r\nmore\r\n',
      body: 'nope',
      isEnough: true,
    },
    {
      name: 'in chunks, and of a length, which does not count (RFC 9112 6.3)',
      headers: [chunked, ['content-length', '2']],
      text: '4\r\nnope\r\n0\r\n\r\n',
      body: 'nope',
      isEnough: true,
    },
    { name: 'in UTF-8', headers: [['content-length', '6']], text: '€€', body: '€€', isEnough: true },
  ] as { name: string; headers: [string, string][]; text: string; body: string; isEnough: boolean }[]) {
    test(name, () => {
      const bytes = bytesOf(text);
      expect(bodyOf(headOf(...headers), [bytes])).toEqual({ isEnough, body });
      expect(
        bodyOf(
          headOf(...headers),
          Array.from(bytes, (byte) => Uint8Array.of(byte)),
        ),
      ).toEqual({ isEnough, body });
    });
  }

  it('is kept up to 1024 bytes, however long it is', () => {
    const long = headOf(['content-length', String(2 ** 40)]);
    expect(bodyOf(long, [bytesOf('a'.repeat(1023))])).toEqual({ isEnough: false, body: 'a'.repeat(1023) });
    expect(bodyOf(long, [bytesOf('a'.repeat(5000))])).toEqual({ isEnough: true, body: 'a'.repeat(1024) });
    expect(bodyOf(headOf(), [bytesOf('a'.repeat(5000))])).toEqual({ isEnough: true, body: 'a'.repeat(1024) });
  });
});

describe('the error', () => {
  it('has the status, the reason and the headers', () => {
    const head = headOf(['www-authenticate', 'Basic'], ['set-cookie', 'a'], ['www-authenticate', 'Bearer']);
    const error = new RefusedResponse(head).toError();
    expect(error).toMatchObject({
      code: 'http-status',
      message: 'http-status: the server answered 401 Unauthorized',
      status: 401,
      body: '',
    });
    expect({ ...error.headers }).toEqual({ 'www-authenticate': 'Basic, Bearer', 'set-cookie': 'a' });
  });

  it('takes any header name as a name', () => {
    const { headers } = new RefusedResponse(headOf(['__proto__', 'a'], ['constructor', 'b'])).toError();
    expect(Object.entries(headers ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('needs no reason', () => {
    const error = new RefusedResponse({ status: 503, reason: '', headers: [] }).toError();
    expect(error.message).toBe('http-status: the server answered 503');
  });
});
