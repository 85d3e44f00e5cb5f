import { expect, it } from 'vitest';
import { MessagePool } from './message-pool.ts';
import type { FileSource } from './ports.ts';
import { type Cuts, ReadAhead } from './read-ahead.ts';

const mebibyte = 2 ** 20;

/** A source that answers when it is told to, and what was asked of it. */
function slowSource(size: number) {
  const asked: [offset: number, length: number][] = [];
  let answer: (cause?: Error) => void = () => {};
  const source: FileSource = {
    size,
    read(offset, target) {
      asked.push([offset, target.length]);
      target.fill(offset / mebibyte);
      return new Promise((resolve, reject) => (answer = (cause) => (cause ? reject(cause) : resolve())));
    },
  };
  // Behind all that follows from an answer.
  const settle = async (cause?: Error) => {
    answer(cause);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { source, asked, settle };
}

const read = (source: FileSource, cuts: Partial<Cuts> = {}) =>
  new ReadAhead('a.bin', source, new MessagePool(), { start: 0, from: 0, windowBytes: 8 * mebibyte, ...cuts });

it('reads one piece after the other, and a mebibyte ahead of who takes them', async () => {
  const { source, asked, settle } = slowSource(4 * mebibyte);
  const reading = read(source);
  const first = reading.next()!;
  for (let count = 0; count < 10; count++) await settle();
  expect(asked).toEqual([0, 1, 2, 3].map((quarter) => [(quarter * mebibyte) / 4, mebibyte / 4]));
  expect(await first).toMatchObject({ offset: 0, bytes: { length: mebibyte / 4 } });
  await reading.next();
  await settle();
  expect(asked).toHaveLength(5);
});

it.each([
  [{ windowBytes: 4096 }, 5000, [2048, 2048, 904]],
  [{ start: 0, from: 1000, windowBytes: 4096 }, 3000, [1000, 2000]],
  [{ start: 3000, from: 3000 }, 3000, []],
])('with %j cuts %d bytes into %j', async (cuts, size, lengths) => {
  const source: FileSource = { size, read: async () => {} };
  const reading = read(source, cuts);
  const found: number[] = [];
  for (let next = reading.next(); next; next = reading.next()) found.push((await next).bytes.length);
  expect(found).toEqual(lengths);
});

it('tells what cannot be read by the piece, and reads no more behind it', async () => {
  const { source, asked, settle } = slowSource(mebibyte);
  const reading = read(source);
  const first = reading.next()!;
  const second = reading.next()!;
  // The first read begins, and then the second.
  await settle();
  await settle();
  await settle(new Error('gone'));
  await first;
  await expect(second).rejects.toMatchObject({ code: 'file-source', message: 'file-source: a.bin at 262144' });
  await reading.stop();
  expect(asked).toHaveLength(2);
});

it('stopped, it waits for the read that is under way, and begins no other', async () => {
  const { source, asked, settle } = slowSource(mebibyte);
  const reading = read(source);
  void reading.next();
  await settle();
  const stopped = reading.stop();
  for (let count = 0; count < 5; count++) await settle();
  await stopped;
  expect(asked.length).toBeLessThanOrEqual(2);
});
