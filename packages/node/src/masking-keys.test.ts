import { expect, it } from 'vitest';
import { createMaskingKeys } from './masking-keys.ts';

it('RFC 6455 5.3: each key is 4 fresh bytes (CVE-2025-10148)', () => {
  const createKey = createMaskingKeys();
  const keys = Array.from({ length: 5000 }, () => Buffer.from(createKey()).toString('hex'));
  for (const key of keys) expect(key).toHaveLength(8);
  // By chance, 5000 keys of 32 bits share about 3 values of 10^9: more than 20 never.
  expect(new Set(keys).size).toBeGreaterThan(4980);
});

it('a key shows no other that is still to come', () => {
  expect(createMaskingKeys(8)().buffer.byteLength).toBe(4);
});

it('two sources give different keys', () => {
  const [first, second] = [createMaskingKeys(), createMaskingKeys()];
  const take = (source: () => Uint8Array) => Buffer.concat(Array.from({ length: 8 }, source)).toString('hex');
  expect(take(first)).not.toBe(take(second));
});
