import { expect, test } from 'vitest';
import { count } from './count.ts';

test.each([
  { name: 'all arrive', arrived: [1, 2, 3], counts: [3, 0, 0, 0] },
  { name: 'the last is lost', arrived: [1, 2], counts: [2, 1, 0, 0] },
  { name: 'one comes twice', arrived: [1, 2, 2, 3], counts: [3, 0, 1, 0] },
  { name: 'two change places', arrived: [2, 1, 3], counts: [3, 0, 0, 1] },
  { name: 'a whole burst comes again: doubled, and not out of order', arrived: [1, 2, 1, 2, 3], counts: [3, 0, 2, 0] },
  { name: 'nothing arrives', arrived: [], counts: [0, 3, 0, 0] },
])('what is counted when $name', ({ arrived, counts: [delivered, lost, doubled, outOfOrder] }) => {
  expect(count([1, 2, 3], arrived)).toEqual({ sent: 3, delivered, lost, doubled, outOfOrder });
});
