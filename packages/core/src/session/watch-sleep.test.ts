import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { watchSleep } from './watch-sleep.ts';

test('a jump of the time of day is told within half a second, and only that', async () => {
  const clock = new FakeClock();
  let sleptMs = 0;
  let woken = 0;
  const stop = watchSleep(
    clock,
    () => clock.now() + sleptMs,
    () => woken++,
  );
  await clock.advance(60_000);
  sleptMs += 1_000;
  await clock.advance(60_000);
  // Backwards: the time of day was put right.
  sleptMs -= 1e6;
  await clock.advance(60_000);
  expect(woken).toBe(0);
  sleptMs += 3_600_000;
  await clock.advance(500);
  expect(woken).toBe(1);
  await clock.advance(60_000);
  expect(woken).toBe(1);
  stop();
  expect(clock.pendingTimers).toBe(0);
});
