import type { Clock } from '@holdfast/core/adapter';

/** The platform's time. A timer takes at most 2^31 - 1 ms: longer ones would fire at once. */
export const platformClock: Clock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
