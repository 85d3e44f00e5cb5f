import { expect, test } from 'vitest';
import { decodeLatin1 } from './latin1.ts';

for (const length of [0, 1, 256, 8_191, 8_192, 8_193, 100_000]) {
  test(`${length} bytes are as many characters, those of Latin-1`, () => {
    const bytes = Uint8Array.from({ length }, (_, at) => at);
    expect(decodeLatin1(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
  });
}
