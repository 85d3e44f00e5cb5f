import { expect, test } from 'vitest';
import { kernelNames, kernels } from './kernels.ts';

const key = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

test.each([0, 1, 5, 16, 64, 255, 256, 1024, 70_001])('all mask %i bytes alike, copied and in place', (size) => {
  const source = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
  const expected = Buffer.from(source.map((byte, at) => byte ^ key[at % 4]!));
  for (const name of kernelNames) {
    const { copy, inPlace } = kernels[name]!;
    // Longer ones are cut: their parts are masked one by one, as the long ones in place are.
    const part = source.subarray(0, 60_000);
    const copied = Buffer.from(copy(part, key, Buffer.alloc(part.length + 6), 6).subarray(6, 6 + part.length));
    const own = Buffer.from(source);
    inPlace(own, key);
    expect([name, copied.equals(expected.subarray(0, part.length)), own.equals(expected)]).toEqual([name, true, true]);
  }
});
