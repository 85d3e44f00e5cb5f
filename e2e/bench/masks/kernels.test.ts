import { expect, test } from 'vitest';
import { kernelNames, kernels } from './kernels.ts';

const key = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

test.each([0, 1, 5, 16, 64, 255, 256, 1024, 70_001])('all mask %i bytes alike, copied and in place', (size) => {
  const source = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
  const expected = Buffer.from(source.map((byte, at) => byte ^ key[at % 4]!));
  for (const name of kernelNames) {
    const { copy, inPlace } = kernels[name]!;
    const copied = Buffer.alloc(size + 6);
    copy(source, key, copied, 6);
    const own = Buffer.from(source);
    inPlace(own, key);
    expect([name, copied.subarray(6).equals(expected), own.equals(expected)]).toEqual([name, true, true]);
  }
});
