import { afterEach, expect, test, vi } from 'vitest';
import { onPageWake } from './page-signals.ts';

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
    const wake = vi.fn<() => void>();
    onPageWake(target, wake);
    for (const type of types) target.dispatchEvent(new Event(type));
    expect(wake).toHaveBeenCalledTimes(wakes);
  });
}

test('wakes in a worker, which has no document', () => {
  vi.stubGlobal('document', undefined);
  const target = new EventTarget();
  const wake = vi.fn<() => void>();
  onPageWake(target, wake);
  target.dispatchEvent(new Event('online'));
  expect(wake).toHaveBeenCalledTimes(1);
});

test('leaves no listener behind once it is over', () => {
  const target = new EventTarget();
  const wake = vi.fn<() => void>();
  const stop = onPageWake(target, wake);
  stop();
  for (const type of ['online', 'pageshow', 'visibilitychange']) target.dispatchEvent(new Event(type));
  expect(wake).not.toHaveBeenCalled();
});
