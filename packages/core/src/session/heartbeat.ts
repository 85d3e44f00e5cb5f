import type { Clock } from '../clock.ts';

/** When to ask for a sign of life, and how long to wait for one, in ms. */
export interface HeartbeatTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/**
 * Finds a dead line: asks at each interval, whatever else arrives, and then wants to hear something, if not yet the
 * answer, within each time limit. After the answer it goes back to the interval. At most one question is on its way.
 */
export interface Heartbeat {
  /** Something arrived: the line is alive. */
  heard(): void;
  /** Begins to beat: the first question comes after one interval. */
  start(): void;
  /** Ends all waiting. */
  stop(): void;
  /** Asks now, unless an answer is awaited already. */
  probe(): void;
  /** The answer arrived; one that nobody asked for says nothing. */
  answered(): void;
}

/**
 * A heartbeat that rests. Without times it asks only when `probe` is called, with a limit of 10 s. `ask` asks the peer,
 * `onLatency` is told how long its answer took, in ms, and `onSilence` that nothing was heard within a limit.
 */
export function createHeartbeat(
  { now, after }: Clock,
  times: HeartbeatTimes | false,
  ask: () => void,
  onLatency: (rttMs: number) => void,
  onSilence: (limitMs: number) => void,
): Heartbeat {
  let cancelTimer: (() => void) | undefined;
  let askedAtMs: number | undefined;
  let isAlive = false;

  const schedule = (delayMs: number, task: () => void) => {
    cancelTimer?.();
    cancelTimer = after(delayMs, task);
  };
  const wait = () => {
    const { timeoutMs } = times || { timeoutMs: 10_000 };
    isAlive = false;
    // The answer may stand behind a long message: while something is heard, it is only late.
    schedule(timeoutMs, () => (isAlive ? wait() : onSilence(timeoutMs)));
  };
  const start = () => {
    stop();
    if (times) schedule(times.intervalMs, probe);
  };
  const stop = () => {
    cancelTimer?.();
    askedAtMs = undefined;
  };
  const probe = () => {
    if (askedAtMs !== undefined) return;
    askedAtMs = now();
    wait();
    ask();
  };
  return {
    start,
    stop,
    probe,
    heard() {
      isAlive = true;
    },
    answered() {
      if (askedAtMs === undefined) return;
      const rttMs = now() - askedAtMs;
      start();
      onLatency(rttMs);
    },
  };
}
