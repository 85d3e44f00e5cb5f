import { describe, expect, it } from 'vitest';
import { SendQueue } from './send-queue.ts';

/** A queue, what it delivered, and a wait for one of its ends. */
function setUp() {
  const log: string[] = [];
  let wake = () => {};
  const note = (word: string) => {
    log.push(word);
    wake();
  };
  const queue = new SendQueue({
    deliver: (message) => note(typeof message === 'string' ? message : Buffer.from(message).toString()),
    onIdle: () => note('(idle)'),
    onFail: (cause) => note(`(${(cause as Error).message})`),
  });
  const until = async (word: string) => {
    while (!log.includes(word)) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { queue, log, until };
}

class BrokenBlob extends Blob {
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new Error('unreadable'));
  }
}

describe('a queue of messages', () => {
  it('delivers text and bytes at once', () => {
    const { queue, log } = setUp();
    queue.add('a');
    queue.add(Buffer.from('b'));
    expect(log).toEqual(['a', 'b']);
    expect([queue.isIdle, queue.bytes]).toEqual([true, 0]);
  });

  it('lets nothing overtake a Blob', async () => {
    const { queue, log, until } = setUp();
    queue.add(new Blob(['blob']));
    queue.add('text');
    queue.add(Buffer.from('bytes'));
    queue.add(new Blob(['blob 2']));
    queue.add('end');
    expect(log).toEqual([]);
    await until('(idle)');
    expect(log).toEqual(['blob', 'text', 'bytes', 'blob 2', 'end', '(idle)']);
  });

  it('counts what waits, and no longer what is delivered', async () => {
    const { queue, until } = setUp();
    queue.add(new Blob(['1234']));
    queue.add('é');
    expect([queue.isIdle, queue.bytes]).toEqual([false, 6]);
    await until('(idle)');
    expect([queue.isIdle, queue.bytes]).toEqual([true, 0]);
  });

  it('keeps bytes behind a Blob as they were', async () => {
    const { queue, log, until } = setUp();
    const bytes = Buffer.from('before');
    queue.add(new Blob(['blob']));
    queue.add(bytes);
    bytes.write('behind');
    await until('(idle)');
    expect(log).toEqual(['blob', 'before', '(idle)']);
  });

  it('takes an empty Blob', async () => {
    const { queue, log, until } = setUp();
    queue.add(new Blob([]));
    await until('(idle)');
    expect(log).toEqual(['', '(idle)']);
  });

  it('begins again after it was idle', async () => {
    const { queue, log, until } = setUp();
    queue.add(new Blob(['a']));
    await until('a');
    await until('(idle)');
    queue.add('b');
    queue.add(new Blob(['c']));
    await until('c');
    expect(log.filter((word) => word !== '(idle)')).toEqual(['a', 'b', 'c']);
  });

  it('delivers nothing once it is stopped, and keeps the count', async () => {
    const { queue, log } = setUp();
    const blob = new Blob(['blob']);
    queue.add(blob);
    queue.add('text');
    queue.stop();
    await blob.arrayBuffer();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual([]);
    expect(queue.bytes).toBe(8);
  });

  it('delivers nothing behind a Blob that cannot be read', async () => {
    const { queue, log, until } = setUp();
    queue.add(new BrokenBlob(['blob']));
    queue.add('text');
    await until('(unreadable)');
    expect(log).toEqual(['(unreadable)']);
  });
});
