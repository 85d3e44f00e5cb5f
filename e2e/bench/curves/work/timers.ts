import { type Clock, createHeartbeat } from '@holdfast/core/adapter';
import { TimerWheel } from './timer-wheel.ts';
import type { Work } from './work.ts';

/** So many beats in all, and so many in a second: the more connections, the longer the interval of each. */
const beats = 5_000;
const beatsPerSecond = 5_000;

/**
 * What a beat takes of the processor besides its ping and pong: the timers of as many heartbeats, which Node keeps in one
 * list for each length; the same over a wheel of our own, which lets each be late by a tick; and, to compare, one timer that goes
 * over all that it keeps.
 */
export const timers: Readonly<Record<string, Work>> = {
  'holdfast, timers of its own for each': (count) => beatBy(nodeClock, count),
  'holdfast, over a timer wheel': (count) => beatBy(new TimerWheel(Math.max(1, intervalMsOf(count) / 40)), count),
  'one timer for all': async (count) => {
    let told = 0;
    const lines = new Set(Array.from({ length: count }, () => ({ askedAtMs: 0, latencyMs: 0 })));
    let timer: NodeJS.Timeout | undefined;
    const ns = await cpuNsUntil((done) => {
      timer = setInterval(() => {
        for (const line of lines) {
          line.askedAtMs = performance.now();
          line.latencyMs = performance.now() - line.askedAtMs;
          told++;
        }
        if (told >= beats) done();
      }, intervalMsOf(count));
    });
    clearInterval(timer);
    return ns / told;
  },
};

/** Answers what a beat took, in ns. */
async function beatBy(clock: Clock, count: number): Promise<number> {
  let told = 0;
  const stops: (() => void)[] = [];
  const ns = await cpuNsUntil((done) => {
    for (let at = 0; at < count; at++) {
      const [beat, , heard, answered] = createHeartbeat(
        clock,
        { intervalMs: intervalMsOf(count) },
        () => {
          heard();
          answered();
        },
        () => {
          if (++told === beats) done();
        },
        () => {},
      );
      beat(true);
      stops.push(() => beat(false));
    }
  });
  for (const stop of stops) stop();
  return ns / told;
}

const nodeClock: Clock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const timer = delayMs === undefined ? undefined : setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

function intervalMsOf(count: number): number {
  return (count / beatsPerSecond) * 1e3;
}

/** The time of processors from the first turn after the beginning until it is done. */
async function cpuNsUntil(begin: (done: () => void) => void): Promise<number> {
  const done = new Promise<void>((resolve) => begin(resolve));
  const before = process.cpuUsage();
  await done;
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1e3;
}
