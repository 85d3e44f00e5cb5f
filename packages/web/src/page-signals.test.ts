import type { ClientState, SessionClient } from '@holdfast/core/adapter';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followPage } from './page-signals.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What follows a page, and its end. */
function follow(page: EventTarget, name: ClientState['name'] = 'waiting') {
  const wake = vi.fn<() => void>();
  const rest = vi.fn<() => void>();
  const ends: (() => unknown)[] = [];
  const on = (type: string, listener: () => unknown) => {
    if (type === 'closed') ends.push(listener);
    return () => {};
  };
  followPage(page, { wake, rest, on, state: { name } } as unknown as SessionClient<unknown, unknown>);
  return { wake, rest, close: () => ends.forEach((end) => end()) };
}

const rows: readonly [name: string, type: string, page: { hidden?: boolean; onLine?: boolean }, wakes: number][] = [
  ['the network is there again', 'online', {}, 1],
  ['the network is there, for a hidden page', 'online', { hidden: true }, 1],
  ['the page comes out of the cache of pages', 'pageshow', {}, 1],
  ['the page goes on after it was frozen', 'resume', {}, 1],
  ['the page goes on, and is hidden', 'resume', { hidden: true }, 1],
  ['the page is looked at again', 'visibilitychange', {}, 1],
  ['the page is looked at, and may have no network', 'visibilitychange', { onLine: false }, 1],
  ['the page is hidden', 'visibilitychange', { hidden: true }, 0],
  ['the network is gone', 'offline', { onLine: false }, 0],
  ['anything else happens', 'focus', {}, 0],
];

describe('a client that waits', () => {
  test.each(rows)('when %s (%s)', (_name, type, { hidden = false, onLine = true }, wakes) => {
    vi.stubGlobal('document', { hidden });
    vi.stubGlobal('navigator', { onLine });
    const page = new EventTarget();
    const { wake } = follow(page);
    page.dispatchEvent(new Event(type));
    expect(wake).toHaveBeenCalledTimes(wakes);
  });
});

test('an open line is asked when the network is said to be gone', () => {
  vi.stubGlobal('navigator', { onLine: false });
  const page = new EventTarget();
  const { wake } = follow(page, 'open');
  page.dispatchEvent(new Event('offline'));
  expect(wake).toHaveBeenCalledTimes(1);
});

test('the client rests while the page lies in the cache of pages, and not when it is left for good', () => {
  const page = new EventTarget();
  const { rest } = follow(page, 'open');
  page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
  expect(rest).not.toHaveBeenCalled();
  page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
  expect(rest).toHaveBeenCalledTimes(1);
});

test('a machine that slept wakes the client, unless there is no network yet', async () => {
  const { wake } = follow(new EventTarget());
  await vi.advanceTimersByTimeAsync(10_000);
  expect(wake).not.toHaveBeenCalled();
  vi.setSystemTime(Date.now() + 60_000);
  await vi.advanceTimersByTimeAsync(500);
  expect(wake).toHaveBeenCalledTimes(1);
  vi.stubGlobal('navigator', { onLine: false });
  vi.setSystemTime(Date.now() + 60_000);
  await vi.advanceTimersByTimeAsync(500);
  expect(wake).toHaveBeenCalledTimes(1);
});

test('wakes in a worker, which has no document', () => {
  vi.stubGlobal('document', undefined);
  const page = new EventTarget();
  const { wake } = follow(page);
  page.dispatchEvent(new Event('online'));
  expect(wake).toHaveBeenCalledTimes(1);
});

test('leaves no listener and no timer behind once the client is closed', () => {
  const page = new EventTarget();
  const { wake, rest, close } = follow(page, 'open');
  close();
  for (const type of ['online', 'offline', 'pageshow', 'resume', 'visibilitychange', 'pagehide']) {
    page.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
  }
  expect([wake.mock.calls.length, rest.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0, 0]);
});
