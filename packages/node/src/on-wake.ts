import { watchSleep } from '@holdfast/core/adapter';
import { platformClock } from './platform-clock.ts';
import { Roster } from './roster.ts';

/** Who can be woken. */
interface Sleeper {
  wake(): void;
}

const sleepers = new Roster<Sleeper>();
let stop: () => void;

/** Wakes the sleeper when this machine has slept, or this process was stopped; the answer ends that. All share one timer. */
export function onWake(sleeper: Sleeper): () => void {
  if (sleepers.size === 0) {
    stop = watchSleep(platformClock, unusedMs, () => {
      for (const each of sleepers) each.wake();
    });
  }
  sleepers.add(sleeper);
  return () => {
    if (sleepers.delete(sleeper) && sleepers.size === 0) stop();
  };
}

/** The time of day less what this process computed: a thread that was busy for long has not slept. In ms. */
function unusedMs(): number {
  const { user, system } = process.cpuUsage();
  return Date.now() - (user + system) / 1e3;
}
