import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onWake } from './on-wake.ts';

let usedMs: number;
beforeEach(() => {
  usedMs = 0;
  vi.useFakeTimers();
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: usedMs * 600, system: usedMs * 400 }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Time goes by, of which the process computes a part, and is late by all that its timers should have seen. */
function pass(ms: number, computedMs: number): void {
  vi.setSystemTime(Date.now() + ms);
  usedMs += computedMs;
  vi.advanceTimersByTime(500);
}

test('a process that stood still is told that it woke, one that computed is not', () => {
  const told: string[] = [];
  const stops = ['a', 'b'].map((name) => onWake({ wake: () => told.push(name) }));
  pass(10_000, 9_500);
  expect(told).toEqual([]);
  pass(10_000, 500);
  expect(told).toEqual(['a', 'b']);
  stops[0]?.();
  pass(10_000, 0);
  expect(told).toEqual(['a', 'b', 'b']);
  stops[1]?.();
  expect(vi.getTimerCount()).toBe(0);
});
