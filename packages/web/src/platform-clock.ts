import type { Clock } from '@holdfast/core/adapter';

/** The platform's time. */
export const platformClock: Clock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
