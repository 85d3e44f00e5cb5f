import { watchSleep } from '@holdfast/core/adapter';
import { platformClock } from './platform-clock.ts';

const listeners = new Set<() => void>();
let stop: () => void;

/** Calls `listener` when this machine has slept, or this process was stopped; the answer ends that. All share one timer. */
export function onWake(listener: () => void): () => void {
  if (listeners.size === 0) {
    stop = watchSleep(
      platformClock,
      () => Date.now(),
      () => {
        for (const wake of listeners) wake();
      },
    );
  }
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) stop();
  };
}
