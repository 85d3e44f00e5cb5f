import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { headerValues, type HeadLimits } from './http-head.ts';
import { type ResponseHead, ResponseHeadParser } from './response-head.ts';

const limits: HeadLimits = { maxHeaderBytes: 16 * 1024, maxHeaders: 100, maxHeaderLineBytes: 8 * 1024 };
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const single = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));

type Result = { head: ResponseHead; rest: string } | { error: string } | 'more';

/** What a parser makes of these chunks: what stands behind the head in its chunk, and in those that follow, is its rest. */
function parse(chunks: readonly Uint8Array[], within = limits): Result {
  const parser = new ResponseHeadParser(within);
  try {
    for (const [index, chunk] of chunks.entries()) {
      const result = parser.push(chunk);
      if (result) {
        const rest = Buffer.concat([result.rest, ...chunks.slice(index + 1)]).toString('latin1');
        return { head: result.head, rest };
      }
    }
  } catch (error) {
    return { error: (error as { code: string }).code };
  }
  return 'more';
}

/** Runs a text three ways: whole, one byte at a time, and with bytes behind it. */
function testThreeWays(name: string, text: string, expected: (rest: string) => Result, within = limits): void {
  const bytes = bytesOf(text);
  test(`${name}: whole`, () => expect(parse([bytes], within)).toEqual(expected('')));
  test(`${name}: one byte at a time`, () => expect(parse(single(bytes), within)).toEqual(expected('')));
  test(`${name}: with bytes behind it`, () => {
    expect(parse([bytesOf(`${text}\x81\x02hi`)], within)).toEqual(expected('\x81\x02hi'));
  });
}

describe('RFC 9112: a head is read', () => {
  for (const { name, text, status, reason, headers } of [
    {
      name: 'with headers in their order, names in lower case, values trimmed',
      text: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX-A:b\r\nx-a: \t c d \t\r\n\r\n',
      status: 101,
      reason: 'Switching Protocols',
      headers: [
        ['upgrade', 'websocket'],
        ['x-a', 'b'],
        ['x-a', 'c d'],
      ],
    },
    {
      name: 'of a refusal by HTTP/1.0',
      text: 'HTTP/1.0 503 Busy\r\nA: b\r\n\r\n',
      status: 503,
      reason: 'Busy',
      headers: [['a', 'b']],
    },
    { name: 'without headers', text: 'HTTP/1.1 200 OK\r\n\r\n', status: 200, reason: 'OK', headers: [] },
    { name: 'with an empty reason', text: 'HTTP/1.1 404 \r\n\r\n', status: 404, reason: '', headers: [] },
    { name: 'without a reason', text: 'HTTP/1.1 404\r\n\r\n', status: 404, reason: '', headers: [] },
    {
      name: 'with an empty value and one with a colon',
      text: 'HTTP/1.1 101 x\r\na:\r\nb: c:d\r\n\r\n',
      status: 101,
      reason: 'x',
      headers: [
        ['a', ''],
        ['b', 'c:d'],
      ],
    },
    {
      name: 'with Latin-1 in a value',
      text: 'HTTP/1.1 101 x\r\na: \xe9\r\n\r\n',
      status: 101,
      reason: 'x',
      headers: [['a', 'é']],
    },
  ]) {
    testThreeWays(name, text, (rest) => ({ head: { status, reason, headers: headers as [string, string][] }, rest }));
  }
});

describe('what is no head is refused', () => {
  for (const { name, text } of [
    { name: 'HTTP/1.0', text: 'HTTP/1.0 101 Switching Protocols\r\n\r\n' },
    { name: 'HTTP/2', text: 'HTTP/2 101 x\r\n\r\n' },
    { name: 'lower case', text: 'http/1.1 101 x\r\n\r\n' },
    { name: 'a status of two digits', text: 'HTTP/1.1 10 x\r\n\r\n' },
    { name: 'a status of four digits', text: 'HTTP/1.1 1010 x\r\n\r\n' },
    { name: 'a status below 100, which is no interim one', text: 'HTTP/1.1 001 x\r\n\r\n' },
    { name: 'a status with a sign', text: 'HTTP/1.1 +10 x\r\n\r\n' },
    { name: 'two spaces before the status', text: 'HTTP/1.1  101 x\r\n\r\n' },
    { name: 'an escape code for terminals in the reason', text: 'HTTP/1.1 401 \x1b[2J\r\n\r\n' },
    { name: 'NUL in the reason', text: 'HTTP/1.1 401 a\0\r\n\r\n' },
    { name: 'CR in the reason', text: 'HTTP/1.1 401 a\rb\r\n\r\n' },
    { name: 'another protocol', text: 'SSH-2.0-OpenSSH_9.6\r\n\r\n' },
    { name: 'no protocol', text: '\x16\x03\x01\x02\x00' },
    { name: 'white space in front', text: '\r\nHTTP/1.1 101 x\r\n\r\n' },
    { name: 'RFC 9112 5.2: a folded line', text: 'HTTP/1.1 101 x\r\na: b\r\n c\r\n\r\n' },
    { name: 'RFC 9112 5.2: a folded line with a tab', text: 'HTTP/1.1 101 x\r\na: b\r\n\tc: d\r\n\r\n' },
    { name: 'RFC 9112 5.1: white space before the colon', text: 'HTTP/1.1 101 x\r\na : b\r\n\r\n' },
    { name: 'white space before the name', text: 'HTTP/1.1 101 x\r\n a: b\r\n\r\n' },
    { name: 'no colon', text: 'HTTP/1.1 101 x\r\nab\r\n\r\n' },
    { name: 'no name', text: 'HTTP/1.1 101 x\r\n: b\r\n\r\n' },
    { name: 'a name that is no token', text: 'HTTP/1.1 101 x\r\na(b): c\r\n\r\n' },
    { name: 'NUL in a value', text: 'HTTP/1.1 101 x\r\na: b\0c\r\n\r\n' },
    { name: 'NUL in a name', text: 'HTTP/1.1 101 x\r\na\0: b\r\n\r\n' },
    { name: 'DEL in a value', text: 'HTTP/1.1 101 x\r\na: \x7f\r\n\r\n' },
    { name: 'a bare CR in a value', text: 'HTTP/1.1 101 x\r\na: b\rc: d\r\n\r\n' },
    { name: 'a bare LF behind a value', text: 'HTTP/1.1 101 x\r\na: b\nc: d\r\n\r\n' },
    { name: 'a bare LF behind the status line', text: 'HTTP/1.1 101 x\nc: d\r\n\r\n' },
    { name: 'bare LFs throughout, whose end would never come', text: 'HTTP/1.1 101 x\na: b\n\n' },
  ]) {
    testThreeWays(name, text, () => ({ error: 'http-malformed' }));
  }

  it('with the start of what came instead, and no more', () => {
    const parser = new ResponseHeadParser(limits);
    expect(() => parser.push(bytesOf('SSH-2.0-OpenSSH\r\n'))).toThrow(/"SSH-2\.0-O"/);
    const long = `HTTP/1.1 101 x\r\n${'a'.repeat(5000)}\r\n\r\n`;
    expect(() => new ResponseHeadParser(limits).push(bytesOf(long))).toThrow(/^.{80,160}$/);
  });
});

describe('a head that is cut is waited for, at every byte', () => {
  const text = 'HTTP/1.1 101 Switching\r\nA: b\r\n\r\n';
  test.for(Array.from({ length: text.length }, (_, length) => length))('%d bytes', (length) => {
    expect(parse([bytesOf(text.slice(0, length))])).toBe('more');
  });
});

describe('limits hold the same under any cutting', () => {
  const withBytes = (bytes: number) => {
    const start = 'HTTP/1.1 101 x\r\na: ';
    return `${start}${'b'.repeat(bytes - start.length)}\r\n\r\n`;
  };
  const withHeaders = (count: number) => `HTTP/1.1 101 x\r\n${'a: b\r\n'.repeat(count)}\r\n`;
  const small: HeadLimits = { maxHeaderBytes: 200, maxHeaders: 3, maxHeaderLineBytes: 200 };
  const narrow: HeadLimits = { ...small, maxHeaderLineBytes: 40 };
  const withLine = (bytes: number) => `HTTP/1.1 101 x\r\na: ${'b'.repeat(bytes - 3)}\r\n\r\n`;
  const withStatusLine = (bytes: number) => `HTTP/1.1 101 ${'b'.repeat(bytes - 13)}\r\na: b\r\n\r\n`;
  const isRead = (text: string) => (rest: string) => ({
    head: expect.objectContaining({ status: 101 }) as ResponseHead,
    rest: text && rest,
  });

  testThreeWays('200 bytes of 200', withBytes(200), isRead('rest'), small);
  testThreeWays('201 bytes of 200', withBytes(201), () => ({ error: 'http-too-large' }), small);
  testThreeWays('3 headers of 3', withHeaders(3), isRead('rest'), small);
  testThreeWays('4 headers of 3', withHeaders(4), () => ({ error: 'http-too-large' }), small);
  testThreeWays('a line of 40 bytes of 40', withLine(40), isRead('rest'), narrow);
  testThreeWays('a line of 41 bytes of 40', withLine(41), () => ({ error: 'http-too-large' }), narrow);
  testThreeWays('a status line of 40 bytes of 40', withStatusLine(40), isRead('rest'), narrow);
  testThreeWays('a status line of 41 bytes of 40', withStatusLine(41), () => ({ error: 'http-too-large' }), narrow);
  testThreeWays('endless headers', `${withHeaders(100).slice(0, -2)}a`, () => ({ error: 'http-too-large' }), small);
  testThreeWays('endless', `HTTP/1.1 101 x\r\na: ${'b'.repeat(300)}`, () => ({ error: 'http-too-large' }), small);

  it('does not count what stands behind the head', () => {
    const result = parse([bytesOf(withBytes(200) + 'x'.repeat(1000))], small);
    expect(result).toMatchObject({ rest: 'x'.repeat(1000) });
  });
});

it('finds the values of a header, one for each line', () => {
  const result = parse([bytesOf('HTTP/1.1 101 x\r\nA: 1, 2\r\nB: 3\r\na: 4\r\n\r\n')]);
  const { head } = result as { head: ResponseHead };
  expect(headerValues(head.headers, 'a')).toEqual(['1, 2', '4']);
  expect(headerValues(head.headers, 'c')).toEqual([]);
});

// Invariant: any bytes give the same head, or the same error, under any cutting.
it('reads any bytes the same under any cutting', () => {
  const part = fc.oneof(
    fc.constantFrom('HTTP/1.1 101 x', '\r\n', '\r\n\r\n', 'a: b', ': ', '\n', '\r', ' ', '\0', 'Upgrade: websocket'),
    fc.string({ unit: 'binary-ascii', maxLength: 3 }),
  );
  const text = fc.array(part, { maxLength: 14 }).map((parts) => `HTTP/1.1 101 x\r\n${parts.join('')}`);
  fc.assert(
    fc.property(text, fc.nat(80), (response, cut) => {
      const bytes = bytesOf(response);
      const small: HeadLimits = { maxHeaderBytes: 48, maxHeaders: 3, maxHeaderLineBytes: 30 };
      const whole = parse([bytes], small);
      expect(parse(single(bytes), small)).toEqual(whole);
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)], small)).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
});
