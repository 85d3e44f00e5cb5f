import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';

describe('the next of what arrives', () => {
  it('is answered in order, whether it came before it was asked for or comes after', async () => {
    const arrivals = new Arrivals<number>();
    arrivals.push(1);
    const asked = [arrivals.next(), arrivals.next(), arrivals.next()];
    arrivals.push(2);
    arrivals.push(3);
    expect(await Promise.all(asked)).toEqual([1, 2, 3]);
  });

  it('may be undefined', async () => {
    const arrivals = new Arrivals<undefined>();
    arrivals.push(undefined);
    await expect(arrivals.next()).resolves.toBeUndefined();
  });

  it('rejects for who waits when it ends, and for who asks after what had come', async () => {
    const waited = new Arrivals<number>();
    const asked = waited.next();
    waited.end(new Error('over'));
    await expect(asked).rejects.toThrow('over');
    const left = new Arrivals<number>();
    left.push(1);
    left.end(new Error('over'));
    left.end(new Error('again'));
    expect(await left.next()).toBe(1);
    await expect(left.next()).rejects.toThrow('over');
  });
});
