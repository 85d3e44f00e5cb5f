import { HoldfastError } from '@holdfast/core';
import { expect, it, test } from 'vitest';
import { formatRefusal, refusal, refusalOf } from './refusal.ts';

it('is a whole response of HTTP, with its reason as text', () => {
  const text = formatRefusal(refusal(503, 'the server is füll', { 'Retry-After': '10' }));
  expect(text).toBe(
    'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      'X-Content-Type-Options: nosniff\r\nContent-Length: 39\r\nRetry-After: 10\r\n\r\nhandshake-refused: the server is füll\n',
  );
});

test('a status without a name has a reason all the same', () => {
  expect(formatRefusal(refusal(418, 'no'))).toMatch(/^HTTP\/1\.1 418 Refused\r\n/);
});

for (const { name, cause, status, message } of [
  { name: 'a refusal', cause: refusal(404, 'nothing'), status: 404, message: /nothing/ },
  { name: 'a head that is none', cause: new HoldfastError('http-malformed', 'line'), status: 400, message: /line/ },
  { name: 'a head too large', cause: new HoldfastError('http-too-large', 'over'), status: 431, message: /over/ },
  { name: 'a fault of the app', cause: new TypeError('secret'), status: 500, message: /internal error$/ },
  {
    name: 'an error of the app',
    cause: new HoldfastError('invalid-header', 'secret'),
    status: 500,
    message: /internal error$/,
  },
])
  test(`${name} is answered with ${status}`, () => {
    expect(refusalOf(cause)).toMatchObject({ status, message: expect.stringMatching(message) as string });
  });
