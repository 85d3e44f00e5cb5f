import { describe, expect, it, test, vi } from 'vitest';
import type { HeadLimits } from './http-head.ts';
import { type RequestHead, RequestHeadParser } from './request-head.ts';

const limits: HeadLimits = { maxHeaderBytes: 1024, maxHeaders: 10, maxHeaderLineBytes: 512 };
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

type Result = { head: RequestHead; rest: string } | { error: string } | 'more';

function parse(chunks: readonly Uint8Array[]): Result {
  const parser = new RequestHeadParser(limits);
  try {
    for (const [index, chunk] of chunks.entries()) {
      const result = parser.push(chunk);
      if (!result) continue;
      const rest = Buffer.concat([result.rest, ...chunks.slice(index + 1)]).toString('latin1');
      return { head: result.head, rest };
    }
  } catch (error) {
    return { error: (error as { code: string }).code };
  }
  return 'more';
}

function testThreeWays(name: string, text: string, expected: (rest: string) => Result): void {
  const bytes = bytesOf(text);
  test(`${name}: whole`, () => expect(parse([bytes])).toEqual(expected('')));
  test(`${name}: one byte at a time`, () => {
    expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected(''));
  });
  test(`${name}: with bytes behind it`, () => {
    expect(parse([bytesOf(`${text}\x81\x80abcd`)])).toEqual(expected('\x81\x80abcd'));
  });
}

describe('RFC 9112 3: a request line is read', () => {
  for (const { name, line, method, target, version } of [
    { name: 'a path', line: 'GET / HTTP/1.1', method: 'GET', target: '/', version: '1.1' },
    { name: 'a query', line: 'GET /a?b=c HTTP/1.1', method: 'GET', target: '/a?b=c', version: '1.1' },
    { name: 'a URL', line: 'GET http://a.test/b HTTP/1.1', method: 'GET', target: 'http://a.test/b', version: '1.1' },
    { name: 'another method', line: 'OPTIONS * HTTP/1.1', method: 'OPTIONS', target: '*', version: '1.1' },
    { name: 'another version', line: 'GET / HTTP/1.0', method: 'GET', target: '/', version: '1.0' },
    {
      name: 'a long method',
      line: 'VERSION-CONTROL /a HTTP/1.1',
      method: 'VERSION-CONTROL',
      target: '/a',
      version: '1.1',
    },
  ]) {
    testThreeWays(name, `${line}\r\nHost: a\r\n\r\n`, (rest) => ({
      head: { method, target, version, headers: [['host', 'a']] },
      rest,
    }));
  }
});

it('learns nothing from an empty chunk, also before the first byte', () => {
  const chunks = ['', 'GE', '', 'T / HTTP/1.1\r\n\r\n'].map(bytesOf);
  expect(parse(chunks)).toEqual({ head: { method: 'GET', target: '/', version: '1.1', headers: [] }, rest: '' });
});

describe('what is no request is refused', () => {
  for (const { name, text } of [
    { name: 'TLS', text: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc' },
    { name: 'a response', text: 'HTTP/1.1 200 OK\r\n\r\n' },
    { name: 'an empty line in front', text: '\r\nGET / HTTP/1.1\r\n\r\n' },
    { name: 'a space in front', text: ' GET / HTTP/1.1\r\n\r\n' },
    { name: 'two spaces', text: 'GET  / HTTP/1.1\r\n\r\n' },
    { name: 'a tab', text: 'GET\t/ HTTP/1.1\r\n\r\n' },
    { name: 'no target', text: 'GET HTTP/1.1\r\n\r\n' },
    { name: 'no version', text: 'GET /\r\n\r\n' },
    { name: 'a version in lower case', text: 'GET / http/1.1\r\n\r\n' },
    { name: 'a version of one number', text: 'GET / HTTP/2\r\n\r\n' },
    { name: 'a space behind', text: 'GET / HTTP/1.1 \r\n\r\n' },
    { name: 'a space in the target', text: 'GET /a b HTTP/1.1\r\n\r\n' },
    { name: 'NUL in the target', text: 'GET /a\0 HTTP/1.1\r\n\r\n' },
    { name: 'a byte over 127 in the target', text: 'GET /\xe9 HTTP/1.1\r\n\r\n' },
    { name: 'a method that is no token', text: 'G(T / HTTP/1.1\r\n\r\n' },
    { name: 'a folded header', text: 'GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n' },
    { name: 'a bare LF', text: 'GET / HTTP/1.1\nHost: a\n\n' },
    { name: 'a bare CR', text: 'GET / HTTP/1.1\r\na: b\rc\r\n\r\n' },
  ]) {
    testThreeWays(name, text, () => ({ error: 'http-malformed' }));
  }
});

it('waits for what is not there yet', () => {
  expect(parse([bytesOf('GET / HTTP/1.1\r\nHost: a\r\n')])).toBe('more');
});

describe('limits, and one over', () => {
  const line = (bytes: number) => `GET / HTTP/1.1\r\na: ${'b'.repeat(bytes - 3)}\r\n\r\n`;
  const count = (headers: number) => `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(headers)}\r\n`;
  const size = (bytes: number) => {
    const start = `GET / HTTP/1.1\r\n${`a: ${'b'.repeat(300)}\r\n`.repeat(3)}a: `;
    return `${start}${'c'.repeat(bytes - start.length)}\r\n\r\n`;
  };
  for (const { name, of, limit } of [
    { name: 'a line', of: line, limit: 512 },
    { name: 'headers', of: count, limit: 10 },
    { name: 'all bytes', of: size, limit: 1024 },
  ]) {
    testThreeWays(`${name} of ${limit}`, of(limit), (rest) => ({ head: expect.anything() as RequestHead, rest }));
    testThreeWays(`${name} of ${limit + 1}`, of(limit + 1), () => ({ error: 'http-too-large' }));
  }
});

it('copies no byte of a head more than a few times, however it is cut', () => {
  let copied = 0;
  const { set } = Uint8Array.prototype;
  vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, source, offset) {
    copied += source.length;
    set.call(this, source, offset);
  });
  const parser = new RequestHeadParser({ maxHeaderBytes: 2 ** 20, maxHeaders: 2 ** 20, maxHeaderLineBytes: 2 ** 20 });
  const text = `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(5_000)}`;
  for (const byte of bytesOf(text)) parser.push(Uint8Array.of(byte));
  vi.restoreAllMocks();
  expect(copied).toBeGreaterThanOrEqual(text.length);
  expect(copied).toBeLessThan(4 * text.length);
});
