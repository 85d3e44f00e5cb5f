import { watchSleep } from '@holdfast/core/adapter';
import { platformClock } from './platform-clock.ts';

const listeners = new Set<() => void>();
let stop: () => void;

/** Calls `listener` when this machine has slept, or this process was stopped; the answer ends that. All share one timer. */
export function onWake(listener: () => void): () => void {
  if (listeners.size === 0) {
    stop = watchSleep(platformClock, unusedMs, () => {
      for (const wake of listeners) wake();
    });
  }
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) stop();
  };
}

/** The time of day less what this process computed: a thread that was busy for long has not slept. In ms. */
function unusedMs(): number {
  const { user, system } = process.cpuUsage();
  return Date.now() - (user + system) / 1e3;
}
