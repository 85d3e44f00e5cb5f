import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

const queueOf = (...chunks: number[][]) => {
  const queue = new ByteQueue();
  for (const chunk of chunks) queue.push(Uint8Array.from(chunk));
  return queue;
};

describe('what can be asked of a queue', () => {
  for (const { name, chunks, count, expected } of [
    { name: 'nothing of an empty queue', chunks: [], count: 1, expected: undefined },
    { name: 'zero bytes of an empty queue', chunks: [], count: 0, expected: [] },
    { name: 'a whole chunk', chunks: [[1, 2, 3]], count: 3, expected: [1, 2, 3] },
    { name: 'the start of a chunk', chunks: [[1, 2, 3]], count: 2, expected: [1, 2] },
    {
      name: 'bytes that straddle two chunks',
      chunks: [
        [1, 2],
        [3, 4],
      ],
      count: 3,
      expected: [1, 2, 3],
    },
    { name: 'bytes that straddle many chunks', chunks: [[1], [2], [], [3], [4]], count: 4, expected: [1, 2, 3, 4] },
    {
      name: 'the first chunk of two',
      chunks: [
        [1, 2],
        [3, 4],
      ],
      count: 2,
      expected: [1, 2],
    },
    {
      name: 'one byte more than there is',
      chunks: [
        [1, 2],
        [3, 4],
      ],
      count: 5,
      expected: undefined,
    },
  ])
    test(name, () => {
      const queue = queueOf(...chunks);
      const { length } = queue;
      const bytes = expected && Uint8Array.from(expected);
      expect(queue.take(count)).toEqual(bytes);
      expect(queue.length).toBe(length - (expected?.length ?? 0));
    });
});

describe('memory', () => {
  it('serves what lies inside one chunk without a copy', () => {
    const chunk = Uint8Array.of(1, 2, 3, 4);
    const queue = new ByteQueue();
    queue.push(chunk);
    expect(queue.take(1)?.buffer).toBe(chunk.buffer);
    expect(queue.take(3)?.buffer).toBe(chunk.buffer);
  });

  it('does not write into bytes that it handed out', () => {
    const queue = queueOf([1, 2], [3, 4]);
    const first = queue.take(3);
    for (let value = 5; value < 200; value++) queue.push(Uint8Array.of(value));
    queue.take(150);
    expect(first).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('does not write into the chunks that it was given', () => {
    const chunks = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5)];
    const queue = new ByteQueue();
    for (const chunk of chunks) queue.push(chunk);
    queue.take(4);
    expect(chunks).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5)]);
  });

  it('keeps many small chunks in few pieces, so that one byte costs little more than itself', () => {
    const queue = new ByteQueue();
    const memory = new Set<ArrayBufferLike>();
    for (let count = 0; count < 100_000; count++) queue.push(Uint8Array.of(count));
    while (queue.length > 0) queue.read(1, (chunk) => memory.add(chunk.buffer));
    expect(memory.size).toBeLessThan(20);
    expect([...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(300_000);
  });

  it('takes memory for what has arrived, however much is asked for', () => {
    const queue = queueOf([1, 2], [3]);
    expect(queue.take(2 ** 52)).toBeUndefined();
    expect(queue.take(3)?.buffer.byteLength).toBeLessThanOrEqual(64);
  });
});

// Invariant: whatever the chunks and the order of pushes, peeks and takes, what is taken is what was pushed, in order.
test.each([
  ['taken', (queue: ByteQueue, count: number) => queue.take(count)],
  ['read', (queue: ByteQueue, count: number) => queue.read(count, (chunk, start, end) => chunk.slice(start, end))],
] as const)('is a queue under any order of pushes, and what is %s', (_name, take) => {
  const step = fc.oneof(
    fc.uint8Array({ maxLength: 90 }).map((chunk) => ({ chunk })),
    fc.nat({ max: 3 }).map((more) => ({ chunk: new Uint8Array(4094 + more).fill(more) })),
    fc.nat(120).map((count) => ({ count })),
    fc.nat(120).map((skip) => ({ skip })),
    fc.nat(6000).map((skip) => ({ skip })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const queue = new ByteQueue();
      let model: number[] = [];
      for (const action of steps) {
        if ('chunk' in action) {
          queue.push(action.chunk);
          model.push(...action.chunk);
        } else if ('skip' in action) {
          const count = Math.min(action.skip, model.length);
          queue.skip(count);
          model = model.slice(count);
        } else {
          const expected = action.count > model.length ? undefined : Uint8Array.from(model.slice(0, action.count));
          expect(take(queue, action.count)?.join()).toBe(expected?.join());
          if (expected) model = model.slice(action.count);
        }
        expect(queue.length).toBe(model.length);
        const first = model.slice(0, 200);
        const seen = first.map((_byte, place) => queue.byteAt(place));
        expect(seen).toEqual(first);
        expect(queue.byteAt(model.length)).toBe(-1);
        for (const from of [0, 50, 5000]) {
          expect(queue.copy(from, model.length).join()).toBe(model.slice(from).join());
          const to = Math.min(model.length, from + 90);
          expect(queue.copy(from, to).join()).toBe(model.slice(from, to).join());
        }
      }
    }),
    { numRuns: 150 },
  );
});

// Invariant: what is gathered piece by piece, out of memory that is written over after each piece, is what came, in order.
it('gathers what is asked for, and keeps what comes behind it', () => {
  const lengths = fc.array(fc.oneof(fc.nat(40), fc.nat(20_000), fc.constant(150_000)), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.oneof(fc.nat(30), fc.nat(9000), fc.constant(60_000)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lengths, cuts, (counts, cutLengths) => {
      const stream = new Uint8Array(counts.reduce((sum, count) => sum + count, 0)).map((_, at) => at % 251);
      const shared = new Uint8Array(60_001);
      const queue = new ByteQueue();
      let cutCount = 0;
      let pushed = 0;
      let taken = 0;
      for (const count of counts) {
        while (queue.length < count) {
          queue.gather(count);
          const part = stream.subarray(pushed, pushed + 1 + (cutLengths.at(cutCount++ % cutLengths.length) ?? 0));
          pushed += part.length;
          shared.set(part);
          const chunk = shared.subarray(0, part.length);
          queue.push(chunk);
          queue.own(chunk);
          shared.fill(255);
        }
        expect(Buffer.compare(queue.take(count) as Uint8Array, stream.subarray(taken, taken + count))).toBe(0);
        taken += count;
      }
      expect(queue.length).toBe(pushed - taken);
    }),
    { numRuns: 150 },
  );
});

it('takes little memory for what is to be gathered, and follows what has come of it', () => {
  const taken: number[] = [];
  const queue = new ByteQueue((bytes) => {
    taken.push(bytes);
    return new Uint8Array(bytes);
  });
  queue.push(Uint8Array.of(1));
  queue.gather(2 ** 24);
  expect(taken).toEqual([512]);
  for (let count = 1; count < 300; count++) {
    queue.push(new Uint8Array(1024));
    expect(taken.at(-1)).toBeLessThanOrEqual(4 * queue.length);
  }
  expect(taken.length, 'each is several times as long as the one before').toBeLessThan(8);
});
