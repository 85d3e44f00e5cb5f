import { expect, test } from 'vitest';
import { acceptKey } from './accept-key.ts';

test.for([
  // RFC 6455 1.3
  ['dGhlIHNhbXBsZSBub25jZQ==', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
  // RFC 6455 1.3: the key is taken as text, whatever it stands for.
  ['', 'Kfh9QIsMVZcl6xEPYxPHzW8SZ8w='],
] as const)('the key %s is accepted by %s', ([key, accept]) => {
  expect(acceptKey(key)).toBe(accept);
});
