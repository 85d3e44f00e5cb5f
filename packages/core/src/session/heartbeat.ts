import type { Clock } from '../clock.ts';

/** When to ask for a sign of life, and how long to wait for one, in ms. */
export interface HeartbeatTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** What a heartbeat does to the world. */
export interface HeartbeatPort {
  readonly clock: Clock;
  /** Asks the peer; `answered()` is called with its answer. */
  ask(): void;
  /** The peer answered this long after it was asked. */
  onLatency(rttMs: number): void;
  /** Nothing was heard within the time limit. */
  onSilence(): void;
}

/**
 * Finds a dead line: asks at each interval, whatever else arrives, and then wants to hear something, if not yet the
 * answer, within each time limit. After the answer it goes back to the interval. At most one question is on its way.
 */
export interface Heartbeat {
  /** To be set when anything arrives: the line is alive. */
  heard: boolean;
  /** Begins to beat: the first question comes after one interval. */
  start(): void;
  /** Ends all waiting. */
  stop(): void;
  /** Asks now, unless an answer is awaited already. */
  probe(): void;
  /** The answer arrived; one that nobody asked for says nothing. */
  answered(): void;
}

/** A heartbeat that rests; without times it never asks by itself, only when `probe` is called, with a limit of 10 s. */
export function createHeartbeat(times: HeartbeatTimes | false, port: HeartbeatPort): Heartbeat {
  const { clock } = port;
  let cancelTimer: (() => void) | undefined;
  let askedAtMs: number | undefined;

  const after = (delayMs: number, task: () => void) => {
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, task);
  };
  const wait = () => {
    heartbeat.heard = false;
    // The answer may stand behind a long message: while something is heard, it is only late.
    after(times ? times.timeoutMs : 10_000, () => (heartbeat.heard ? wait() : port.onSilence()));
  };
  const heartbeat: Heartbeat = {
    heard: false,
    start() {
      heartbeat.stop();
      if (times) after(times.intervalMs, heartbeat.probe);
    },
    stop() {
      cancelTimer?.();
      askedAtMs = undefined;
    },
    probe() {
      if (askedAtMs !== undefined) return;
      askedAtMs = clock.now();
      wait();
      port.ask();
    },
    answered() {
      if (askedAtMs === undefined) return;
      const rttMs = clock.now() - askedAtMs;
      heartbeat.start();
      port.onLatency(rttMs);
    },
  };
  return heartbeat;
}
