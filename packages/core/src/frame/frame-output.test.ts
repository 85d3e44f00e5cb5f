import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { encodeFrame } from './encode-frame.ts';
import type { FrameInit } from './frame-header.ts';
import { Opcode } from './frame.ts';
import { FrameOutput } from './frame-output.ts';

const binary = (length: number, fill = 1): FrameInit => ({
  opcode: Opcode.Binary,
  payload: new Uint8Array(length).fill(fill),
});
const joined = (pieces: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));

describe('the output of an end', () => {
  test('is one piece for many small frames, and begins anew when it was taken', () => {
    const output = new FrameOutput();
    for (let count = 0; count < 100; count++) output.write(binary(64, count), undefined);
    const [piece, ...more] = output.take();
    expect(more).toEqual([]);
    expect(piece).toEqual(joined(Array.from({ length: 100 }, (_, count) => encodeFrame(binary(64, count)))));
    expect(output.take()).toEqual([]);
    output.write(binary(1), undefined);
    expect(joined(output.take())).toEqual(encodeFrame(binary(1)));
  });

  test('keeps long frames, and what was framed before, between the others', () => {
    const output = new FrameOutput();
    const before = encodeFrame(binary(3, 9));
    output.write(binary(5), undefined);
    output.write(binary(100_000), undefined);
    output.add(before);
    output.write(binary(7), undefined);
    const expected = [encodeFrame(binary(5)), encodeFrame(binary(100_000)), before, encodeFrame(binary(7))];
    const pieces = output.take();
    expect(pieces).toContain(before);
    expect(joined(pieces)).toEqual(joined(expected));
  });

  test('refuses what no peer would take, and goes on', () => {
    const output = new FrameOutput();
    output.write(binary(2), undefined);
    expect(() => output.write({ ...binary(126), opcode: Opcode.Ping }, undefined)).toThrow(/invalid-frame/);
    output.write(binary(3), undefined);
    expect(joined(output.take())).toEqual(joined([encodeFrame(binary(2)), encodeFrame(binary(3))]));
  });

  test('takes a payload as it is now, whatever becomes of it', () => {
    const output = new FrameOutput();
    const payload = Uint8Array.of(1, 2, 3);
    output.write({ opcode: Opcode.Binary, payload }, undefined);
    payload.fill(9);
    expect(joined(output.take())).toEqual(Uint8Array.of(0x82, 3, 1, 2, 3));
  });
});

/** ASCII, characters of two to four bytes, and lengths around those where the form of a header changes. */
const texts = [
  ...['a', 'é', '€', '😀'].flatMap((character) =>
    [0, 1, 20, 31, 32, 41, 42, 62, 63, 125, 126, 700, 2048, 2049, 20_000, 21_845, 32_768, 65_535, 65_536, 200_000].map(
      (length) => ({ name: `${length} times ${character}`, text: character.repeat(length) }),
    ),
  ),
  { name: 'a long text of all kinds', text: 'aé€😀'.repeat(40_000) },
  { name: 'a leading U+FEFF', text: '\ufeffa' },
];

describe('a text is framed as its bytes are', () => {
  const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
  for (const { name, text } of texts)
    test(name, () => {
      for (const maskingKey of [undefined, key]) {
        const output = new FrameOutput();
        output.write(binary(3), undefined);
        const payload = new TextEncoder().encode(text);
        expect(output.writeText(0x81, text, maskingKey)).toBe(payload.length);
        output.write(binary(4), undefined);
        const frame = encodeFrame({ opcode: Opcode.Text, payload, ...(maskingKey && { maskingKey }) });
        const expected = joined([encodeFrame(binary(3)), frame, encodeFrame(binary(4))]);
        expect(Buffer.compare(joined(output.take()), expected)).toBe(0);
      }
    });
});

// Invariant: whatever several outputs write in turn, and whenever it is taken, each gives its own frames, in order and as
// they were; what was taken is not written again.
it('is not mixed with that of another', () => {
  const key = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined });
  const length = fc.oneof(fc.nat(200), fc.nat(20_000));
  const step = fc.record({ who: fc.nat(2), length, key, isTaken: fc.boolean(), fill: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const outputs = [new FrameOutput(), new FrameOutput(), new FrameOutput()];
      const taken: Uint8Array[][] = [[], [], []];
      const expected: Uint8Array[][] = [[], [], []];
      for (const { who, length: bytes, key: maskingKey, isTaken, fill } of steps) {
        const frame = { ...binary(bytes, fill), ...(maskingKey && { maskingKey }) };
        outputs[who]?.write(binary(bytes, fill), maskingKey);
        expected[who]?.push(encodeFrame(frame));
        if (isTaken) taken[who]?.push(...(outputs[who]?.take() ?? []));
      }
      outputs.forEach((output, who) => taken[who]?.push(...output.take()));
      // Far quicker than a comparison by elements.
      taken.forEach((pieces, who) => expect(Buffer.compare(joined(pieces), joined(expected[who] ?? []))).toBe(0));
    }),
    { numRuns: 200 },
  );
});
