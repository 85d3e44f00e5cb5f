import type { SessionClient } from '@holdfast/core/adapter';
import { afterEach, expect, test, vi } from 'vitest';
import { wakeWithPage } from './page-signals.ts';

/** A client that a page wakes, and its end. */
function follow(page: EventTarget) {
  const wake = vi.fn<() => void>();
  const ends: (() => unknown)[] = [];
  const on = (type: string, listener: () => unknown) => {
    if (type === 'closed') ends.push(listener);
  };
  wakeWithPage(page, { wake, on } as unknown as SessionClient<unknown, unknown>);
  return { wake, close: () => ends.forEach((end) => end()) };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

for (const { name, types, hidden, wakes } of [
  { name: 'the network is there again', types: ['online'], hidden: false, wakes: 1 },
  { name: 'the page comes out of the cache of pages', types: ['pageshow'], hidden: false, wakes: 1 },
  { name: 'the page is looked at again', types: ['visibilitychange'], hidden: false, wakes: 1 },
  { name: 'the page is hidden', types: ['visibilitychange'], hidden: true, wakes: 0 },
  { name: 'the network is there, for a hidden page', types: ['online'], hidden: true, wakes: 0 },
  { name: 'anything else happens', types: ['offline', 'pagehide', 'focus'], hidden: false, wakes: 0 },
]) {
  test(`wakes ${wakes} times when ${name}`, () => {
    vi.stubGlobal('document', { hidden });
    const target = new EventTarget();
    const { wake } = follow(target);
    for (const type of types) target.dispatchEvent(new Event(type));
    expect(wake).toHaveBeenCalledTimes(wakes);
  });
}

test('wakes in a worker, which has no document', () => {
  vi.stubGlobal('document', undefined);
  const target = new EventTarget();
  const { wake } = follow(target);
  target.dispatchEvent(new Event('online'));
  expect(wake).toHaveBeenCalledTimes(1);
});

test('leaves no listener behind once the client is closed', () => {
  const target = new EventTarget();
  const { wake, close } = follow(target);
  close();
  for (const type of ['online', 'pageshow', 'visibilitychange']) target.dispatchEvent(new Event(type));
  expect(wake).not.toHaveBeenCalled();
});
