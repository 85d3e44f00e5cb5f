import { expect, test } from 'vitest';
import { hideQuery, showUrl } from './show-url.ts';

test.each([
  ['wss://example.org/chat', 'wss://example.org/chat'],
  ['wss://user:geheim@example.org:8443/', 'wss://example.org:8443/'],
  ['wss://example.org/?token=geheim&room=a=b&geheim', 'wss://example.org/?token=…&room=…&…'],
  ['wss://example.org/a?x=1?token=geheim', 'wss://example.org/a?x=…'],
])('%s is shown as %s', (url, shown) => {
  expect(showUrl(url)).toBe(shown);
});

test('a path without a query is shown as it is', () => {
  expect(hideQuery('/chat')).toBe('/chat');
});
