import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Journal } from './journal.ts';
import { SessionImage } from './session-image.ts';
import type { StoreChanges } from './store.ts';

const ignore = () => {};

test('what is unsaved takes back what is being written, whether or not that is saved by now', async () => {
  const clock = new FakeClock();
  const written: StoreChanges[] = [];
  const journal = new Journal(
    clock,
    (changes) => {
      written.push(changes);
      return new Promise(ignore);
    },
    ignore,
  );
  journal.begin(undefined);
  const ids = ['a', 'b', 'c'].map((message) => journal.add(message));
  await clock.settle();
  journal.record({ first: 3, remove: ids.slice(0, 2) });

  for (const saved of [[], written]) {
    const image = new SessionImage();
    for (const changes of [...saved, journal.unsaved()]) image.apply(changes);
    expect(image.toSaved()).toEqual({ session: '', first: 3, received: 0, messages: [[3, 'c']] });
  }
});

test('who waits for what was noted is told when that is written, though more has come meanwhile', async () => {
  const clock = new FakeClock();
  const writings: (() => void)[] = [];
  const journal = new Journal(clock, () => new Promise((resolve) => writings.push(resolve)), ignore);
  journal.begin(undefined);
  const told: number[] = [];
  for (const received of [1, 2, 3]) {
    journal.record({ received });
    void journal.saved().then(() => told.push(received));
    await clock.settle();
  }
  for (const expected of [[1], [1, 2, 3]]) {
    writings.shift()?.();
    await clock.settle();
    expect(told).toEqual(expected);
  }
});
