import { FakeClock } from '@holdfast/core/testing';
import { expect, test } from 'vitest';
import { createIdleLimit } from './idle-limit.ts';

function limit(timeoutMs: number) {
  const clock = new FakeClock();
  let idles = 0;
  return { clock, idle: createIdleLimit(clock, timeoutMs, () => idles++), idles: () => idles };
}

test('tells once, when nothing has passed for the time', async () => {
  const { clock, idles } = limit(100);
  await clock.advance(99);
  expect(idles()).toBe(0);
  await clock.advance(1);
  expect(idles()).toBe(1);
  await clock.advance(1000);
  expect(idles()).toBe(1);
});

test('counts from the last time that something passed', async () => {
  const { clock, idle, idles } = limit(100);
  await clock.advance(60);
  idle.touch();
  await clock.advance(99);
  expect(idles()).toBe(0);
  await clock.advance(1);
  expect(idles()).toBe(1);
});

test('leaves no timer when it is over, and has none where there is no limit', () => {
  const { clock, idle } = limit(100);
  idle.stop();
  expect(clock.pendingTimers).toBe(0);
  const never = limit(Number.POSITIVE_INFINITY);
  never.idle.touch();
  never.idle.stop();
  expect(never.clock.pendingTimers).toBe(0);
});
