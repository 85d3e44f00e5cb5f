import { watchSleep } from '@holdfast/core/adapter';
import { platformClock } from './platform-clock.ts';

/** Who can be woken. */
interface Sleeper {
  wake(): void;
}

interface Entry {
  readonly sleeper: Sleeper;
  at: number;
}

/**
 * Not a Set: each table that it outgrows points to the next, so that one which has become old keeps all later ones, and with
 * them the clients that were in them, until the whole heap is collected. That was a fifth of the time of a connection.
 */
const entries: Entry[] = [];
let stop: () => void;

/** Wakes the sleeper when this machine has slept, or this process was stopped; the answer ends that. All share one timer. */
export function onWake(sleeper: Sleeper): () => void {
  if (entries.length === 0) {
    stop = watchSleep(platformClock, unusedMs, () => {
      for (const each of [...entries]) each.sleeper.wake();
    });
  }
  const entry = { sleeper, at: entries.length };
  entries.push(entry);
  return () => remove(entry);
}

/** The last takes its place. */
function remove(entry: Entry): void {
  if (entries[entry.at] !== entry) return;
  const last = entries.pop() as Entry;
  if (last !== entry) entries[entry.at] = last;
  last.at = entry.at;
  entry.at = -1;
  if (entries.length === 0) stop();
}

/** The time of day less what this process computed: a thread that was busy for long has not slept. In ms. */
function unusedMs(): number {
  const { user, system } = process.cpuUsage();
  return Date.now() - (user + system) / 1e3;
}
