import { createServer } from 'node:http';
import { describe, expect, it, test, vi } from 'vitest';
import { resolveAcceptOptions } from './options.ts';
import { serve } from './serve.ts';

describe('an origin', () => {
  for (const origin of [
    'same',
    '*',
    'null',
    'https://example.org',
    'https://example.org:8443/',
    'capacitor://localhost',
    ['same', 'http://localhost:5173'],
    () => true,
  ])
    test(`may be ${String(origin)}`, () => {
      expect(() => resolveAcceptOptions({ origin })).not.toThrow();
    });

  for (const origin of [
    'example.org',
    'https://example.org/chat',
    'https://*.example.org',
    ['https://example.org', '*'],
    ['https://example.org https://example.com'],
    [undefined as unknown as string],
    '',
  ])
    test(`cannot be ${JSON.stringify(origin)}, which no page has`, () => {
      const wrong = expect.objectContaining({ code: 'invalid-option' }) as Error;
      expect(() => resolveAcceptOptions({ origin })).toThrow(wrong);
    });
});

describe('the options of accept', () => {
  it('are checked once for each object of them', () => {
    const path = vi.fn<() => string>(() => '/live');
    const options = Object.defineProperty({}, 'path', { get: path, enumerable: true });
    const first = resolveAcceptOptions(options);
    const reads = path.mock.calls.length;
    expect(first.path).toBe('/live');
    expect(resolveAcceptOptions(options)).toBe(first);
    expect(path).toHaveBeenCalledTimes(reads);
    expect(resolveAcceptOptions({ path: '/other' }).path).toBe('/other');
  });

  it('are refused each time where they are wrong', () => {
    const options = { path: 'live' };
    const wrong = expect.objectContaining({ code: 'invalid-option' }) as Error;
    expect(() => resolveAcceptOptions(options)).toThrow(wrong);
    expect(() => resolveAcceptOptions(options)).toThrow(wrong);
  });
});

describe('the path of a server on an HTTP server of the app', () => {
  for (const path of ['/live', undefined])
    it(`${path ?? 'every path'} is served once, until that server closes`, async () => {
      const options = { server: createServer(), ...(path && { path }) };
      const first = await serve(options, () => {});
      await expect(serve(options, () => {})).rejects.toMatchObject({ code: 'invalid-option' });
      await first.close();
      await (await serve(options, () => {})).close();
    });
});
