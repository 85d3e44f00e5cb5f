import type { Clock } from '@holdfast/core/adapter';

/** The platform's time. A timer takes at most 2^31 - 1 ms: longer ones would fire at once. */
export const platformClock: Clock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = (delayMs as number) < 2 ** 31 ? setTimeout(task, delayMs) : undefined;
    return () => clearTimeout(timer);
  },
};
