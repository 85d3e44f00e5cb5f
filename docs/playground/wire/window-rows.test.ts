import { expect, test } from 'vitest';
import { windowRows } from './window-rows.ts';

for (const { name, count, scrollTop, window } of [
  { name: 'none of none', count: 0, scrollTop: 0, window: [0, 0] },
  { name: 'all of few', count: 5, scrollTop: 0, window: [0, 5] },
  { name: 'the first of many', count: 5_000, scrollTop: 0, window: [0, 22] },
  { name: 'those in the middle', count: 5_000, scrollTop: 30_000, window: [988, 1_022] },
  { name: 'the last', count: 5_000, scrollTop: 149_700, window: [4_978, 5_000] },
  { name: 'nothing past the end of a list that became short', count: 5, scrollTop: 30_000, window: [0, 5] },
]) {
  test(`${name} are drawn`, () => {
    const { first, end } = windowRows(count, 30, scrollTop, 300);
    expect([first, end]).toEqual(window);
  });
}
