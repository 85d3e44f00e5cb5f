import { type Clock, createTimer } from '../clock.ts';

/** When to ask for a sign of life, and how long to wait for one, in ms. */
export interface HeartbeatTimes {
  /** Where it is missing, nothing is asked but by `probe`. */
  readonly intervalMs?: number;
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** The limit after a sleep. */
  readonly wakeTimeoutMs?: number;
}

/**
 * Finds a dead line: asks at each interval, whatever else arrives, and then wants to hear something, if not yet the
 * answer, within each time limit. After the answer it goes back to the interval. At most one question is on its way.
 */
export type Heartbeat = readonly [
  /** Begins to beat, the first question after one interval; or ends all waiting. */
  beat: (isBeating: boolean) => void,
  /** Asks now, unless an answer is awaited already; with a limit, something has to be heard within that, if not sooner. */
  probe: (limitMs?: number) => void,
  /** Something arrived: the line is alive. */
  heard: () => void,
  /** The answer arrived; one that nobody asked for says nothing. */
  answered: () => void,
];

/**
 * A heartbeat that rests. `ask` asks the peer, `onLatency` is told how long its answer took, in ms, and `onSilence` that
 * nothing was heard within a limit.
 */
export function createHeartbeat(
  clock: Clock,
  { intervalMs, timeoutMs = 10_000 }: HeartbeatTimes,
  ask: () => void,
  onLatency: (rttMs: number) => void,
  onSilence: (limitMs: number) => void,
): Heartbeat {
  const setTimer = createTimer(clock);
  let askedAtMs: number | undefined;
  let dueAtMs: number;

  const beat = (isBeating: boolean) => {
    askedAtMs = undefined;
    setTimer(isBeating ? intervalMs : undefined, () => probe());
  };
  const probe = (mostMs = timeoutMs) => {
    const nowMs = clock.now();
    const limitMs = Math.min(mostMs, timeoutMs);
    if (askedAtMs === undefined) {
      askedAtMs = nowMs;
      wait(limitMs);
      ask();
    } else if (nowMs + limitMs < dueAtMs) wait(limitMs);
  };
  const wait = (limitMs: number) => {
    dueAtMs = clock.now() + limitMs;
    // In halves: who was frozen reads what came meanwhile before the second is over.
    setTimer(limitMs / 2, () => setTimer(limitMs / 2, () => onSilence(limitMs)));
  };
  const heard = () => {
    // The answer may stand behind a long message: while something is heard, it is only late.
    if (askedAtMs !== undefined) wait(timeoutMs);
  };
  const answered = () => {
    if (askedAtMs === undefined) return;
    const rttMs = clock.now() - askedAtMs;
    beat(true);
    onLatency(rttMs);
  };
  return [beat, probe, heard, answered];
}
