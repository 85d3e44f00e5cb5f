import { afterEach, expect, test, vi } from 'vitest';
import { diagnose } from './diagnose.ts';

afterEach(() => vi.unstubAllGlobals());

type Answer = { readonly status: number; readonly retryAfter?: string } | 'refused';

/** A network that answers a request that wants to read, and one that does not. */
function stubNetwork(cors: Answer, noCors: Answer = 'refused', onLine = true) {
  vi.stubGlobal('navigator', { onLine });
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, { mode, credentials, cache }: RequestInit) => {
    asked.push([url, mode, credentials, cache]);
    const answer = mode === 'cors' ? cors : noCors;
    if (answer === 'refused') throw new TypeError('Failed to fetch');
    const headers = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter };
    return new Response('', { status: answer.status, headers });
  });
  return asked;
}

test.each([401, 403, 429, 500, 503])('a status %i is told', async (status) => {
  const asked = stubNetwork({ status });
  expect(await diagnose('/health')).toMatchObject({ code: 'http-status', status, retryAfterMs: 0 });
  expect(asked).toEqual([['/health', 'cors', 'include', 'no-store']]);
});

test('so is what the server asks to wait', async () => {
  stubNetwork({ status: 429, retryAfter: '7' });
  expect(await diagnose('/health')).toMatchObject({ status: 429, retryAfterMs: 7_000 });
  stubNetwork({ status: 429, retryAfter: 'Sat, 21 Nov 2026 12:00:05 GMT' });
  expect(await diagnose('/health')).toMatchObject({ status: 429, retryAfterMs: 0 });
});

test.each<[string, Answer, Answer, boolean, string]>([
  ['the server is well', { status: 204 }, 'refused', true, 'dial-failed'],
  ['the server may not be read', 'refused', { status: 200 }, true, 'cors-refused'],
  ['nobody answers', 'refused', 'refused', true, 'dial-failed'],
  ['there is no network', { status: 200 }, { status: 200 }, false, 'offline'],
])('%s', async (_name, cors, noCors, onLine, code) => {
  stubNetwork(cors, noCors, onLine);
  expect(await diagnose('https://a.test/health?token=secret')).toMatchObject({
    code,
    message: expect.not.stringContaining('secret'),
  });
});
