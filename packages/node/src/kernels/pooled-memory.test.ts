import { FrameDecoder, Protocol } from '@holdfast/core';
import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { nodeKernels } from './node-kernels.ts';
import { createPooledMemory } from './pooled-memory.ts';

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

function createEnds(count: number): Protocol[] {
  const memory = createPooledMemory();
  if (!memory) throw new Error('this platform has no WebAssembly');
  return Array.from(
    { length: count },
    () => new Protocol({ role: 'client', createMaskingKey: () => key, kernels: nodeKernels, memory }),
  );
}

/** What a server reads. */
function read(pieces: readonly Uint8Array[]): string[] {
  const decoder = new FrameDecoder({ role: 'server', maxFrameBytes: 2 ** 30 });
  return pieces.flatMap((piece) => decoder.push(piece)).map(({ payload }) => Buffer.from(payload).toString('latin1'));
}

// Invariant: whatever several ends send, take and have written, in any order, what was taken stays as it is until it is
// released, and is what was sent.
it('writes to no memory that a transport still reads', () => {
  const length = fc.oneof(fc.nat(300), fc.nat(20_000), fc.constant(200_000));
  const step = fc.oneof(
    fc.record({ who: fc.nat(2), length, isText: fc.boolean(), fill: fc.integer({ min: 97, max: 122 }) }),
    fc.record({ who: fc.nat(2), does: fc.constantFrom('take', 'write', 'take', 'write', 'write last') }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ends = createEnds(3).map((protocol) => ({ protocol, taken: [] as Uint8Array[], before: [] as Buffer[] }));
      for (const action of steps) {
        const { protocol, taken, before } = ends[action.who] as (typeof ends)[0];
        if ('length' in action) {
          const text = String.fromCharCode(action.fill).repeat(action.length);
          protocol.send(action.isText ? text : Buffer.from(text));
        } else if (action.does === 'take') {
          const pieces = protocol.takeOutput();
          taken.push(...pieces);
          before.push(...pieces.map((piece) => Buffer.from(piece)));
        } else if (taken.length > 0) {
          const at = action.does === 'write' ? 0 : taken.length - 1;
          const [piece] = taken.splice(at, 1) as [Uint8Array];
          expect(Buffer.compare(piece, before.splice(at, 1)[0] as Buffer)).toBe(0);
          protocol.releaseOutput(piece);
        }
      }
      for (const { taken, before } of ends) expect(Buffer.compare(Buffer.concat(taken), Buffer.concat(before))).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('serves again when it was written, and is no more than it was', () => {
  const [end] = createEnds(1) as [Protocol];
  const memory = new Set<ArrayBufferLike>();
  const message = 'kelp '.repeat(40_000);
  for (let count = 0; count < 200; count++) {
    end.send(message);
    const pieces = end.takeOutput();
    expect(read(pieces)).toEqual([message]);
    for (const piece of pieces) {
      memory.add(piece.buffer);
      end.releaseOutput(piece);
    }
  }
  expect(memory.size).toBe(1);
});

test('is left where none of it was written yet', () => {
  const [end] = createEnds(1) as [Protocol];
  const message = 'kelp '.repeat(40_000);
  for (let count = 0; count < 40; count++) end.send(message);
  const pieces = end.takeOutput();
  expect(new Set(pieces.map((piece) => piece.buffer)).size).toBeGreaterThan(1);
  expect(read(pieces)).toEqual(Array.from({ length: 40 }, () => message));
});
