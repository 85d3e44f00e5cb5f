import { type Clock, createTimer } from '../clock.ts';

/** How often to look, and how much more than that must have passed, in ms. */
const lookMs = 500;
const jumpMs = 2_000;

/**
 * Calls `onWake` when the time of day, in ms, has jumped ahead: the machine slept, or this process was frozen. The answer
 * ends that.
 */
export function watchSleep(clock: Clock, timeOfDay: () => number, onWake: () => void): () => void {
  const setTimer = createTimer(clock);
  const look = (lastMs: number) =>
    setTimer(lookMs, () => {
      const nowMs = timeOfDay();
      look(nowMs);
      if (nowMs - lastMs > jumpMs) onWake();
    });
  look(timeOfDay());
  return setTimer;
}
