import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockForPage } from './page-lock.ts';

/** Locks as a browser has them, as far as they are asked for. */
class FakeLocks {
  #last: Promise<unknown> = Promise.resolve();

  request(_name: string, { signal }: { signal: AbortSignal }, hold: () => Promise<void>): Promise<void> {
    const before = this.#last;
    const held = new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      void before.then(() => (signal.aborted ? undefined : hold().then(resolve)));
    });
    this.#last = held.catch(() => {});
    return held;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const never = new AbortController().signal;

describe('the lock of a page', () => {
  test('is had when the page before lets go', async () => {
    const unlock = await lockForPage('chat', never);
    const second = lockForPage('chat', never);
    await vi.advanceTimersByTimeAsync(4_000);
    unlock();
    expect(await second).toBeTypeOf('function');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is refused where another page keeps it', async () => {
    await lockForPage('chat', never);
    const refusal = lockForPage('chat', never).catch(String);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await refusal).toBe('Error: another tab has it');
  });

  test('is not waited for any more when the page is left', async () => {
    await lockForPage('chat', never);
    const end = new AbortController();
    const refusal = lockForPage('chat', end.signal).catch(String);
    end.abort();
    expect(await refusal).toContain('AbortError');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is had at once where there are no locks', async () => {
    vi.stubGlobal('navigator', {});
    await lockForPage('chat', never);
    expect(await lockForPage('chat', never)).toBeTypeOf('function');
  });
});
