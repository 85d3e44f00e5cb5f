import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workerTimers } from './worker-timers.ts';

/** A worker that was never begun, as under a policy that forbids it. */
class ForbiddenWorker {
  static latest: ForbiddenWorker | undefined;
  onerror: (() => void) | undefined;
  readonly told: unknown[] = [];

  constructor() {
    ForbiddenWorker.latest = this;
  }

  postMessage(message: unknown): void {
    this.told.push(message);
  }
}

describe('timers of a worker, where the page may have none', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('are those of the page where a worker cannot be made', () => {
    vi.stubGlobal('Worker', undefined);
    const { after } = workerTimers();
    const ran: string[] = [];
    after(100, () => ran.push('a'));
    after(100, () => ran.push('cancelled'))();
    after(undefined, () => ran.push('never'));
    vi.advanceTimersByTime(99);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ran).toEqual(['a']);
  });

  it('go on as those of the page, for what is left of them, when the worker says that it may not be', () => {
    vi.stubGlobal('Worker', ForbiddenWorker);
    const { after } = workerTimers();
    const ran: string[] = [];
    after(100, () => ran.push('before'));
    const cancel = after(100, () => ran.push('cancelled'));
    vi.advanceTimersByTime(40);
    ForbiddenWorker.latest?.onerror?.();
    cancel();
    after(50, () => ran.push('behind'));
    vi.advanceTimersByTime(49);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(11);
    expect(ran).toEqual(['behind', 'before']);
    expect(ForbiddenWorker.latest?.told).toEqual([
      [1, 100],
      [2, 100],
    ]);
  });
});
