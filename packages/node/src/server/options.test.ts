import { createServer } from 'node:http';
import { describe, expect, it, test } from 'vitest';
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
