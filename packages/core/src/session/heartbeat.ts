import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';

/** When to ask for a sign of life, and how long to wait for one, in ms. */
export interface HeartbeatTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** What a Heartbeat does to the world. */
export interface HeartbeatPort {
  /** Asks the peer; `pong()` is called with its answer. */
  ask(): void;
  /** The peer answered this long after it was asked. */
  onLatency(rttMs: number): void;
  /** Nothing was heard in time. */
  onSilence(error: HoldfastError): void;
}

/**
 * Finds a dead line: asks at each interval, whatever else arrives, and then wants to hear something, if not yet the
 * answer, within each time limit. After the answer it goes back to the interval. At most one question is on its way.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #times: HeartbeatTimes;
  /** Whether it asks by itself; otherwise only when `probe` is called. */
  readonly #isPeriodic: boolean;
  readonly #port: HeartbeatPort;
  #cancelTimer: (() => void) | undefined;
  #askedAtMs: number | undefined;
  #heard = false;

  constructor(clock: Clock, times: HeartbeatTimes, isPeriodic: boolean, port: HeartbeatPort) {
    this.#clock = clock;
    this.#times = times;
    this.#isPeriodic = isPeriodic;
    this.#port = port;
  }

  /** Begins to beat: the first question comes after one interval. */
  start(): void {
    this.stop();
    if (this.#isPeriodic) this.#cancelTimer = this.#clock.after(this.#times.intervalMs, () => this.probe());
  }

  /** Ends all waiting. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#askedAtMs = undefined;
  }

  /** Asks now, unless an answer is awaited already. */
  probe(): void {
    if (this.#askedAtMs !== undefined) return;
    this.stop();
    this.#askedAtMs = this.#clock.now();
    this.#wait();
    this.#port.ask();
  }

  /** Something arrived: the line is alive. */
  heard(): void {
    this.#heard = true;
  }

  /** The answer arrived; one that nobody asked for is only a sign of life. */
  pong(): void {
    this.#heard = true;
    if (this.#askedAtMs === undefined) return;
    const rttMs = this.#clock.now() - this.#askedAtMs;
    this.start();
    this.#port.onLatency(rttMs);
  }

  #wait(): void {
    this.#heard = false;
    this.#cancelTimer = this.#clock.after(this.#times.timeoutMs, () => this.#judge());
  }

  #judge(): void {
    const { timeoutMs } = this.#times;
    // The answer may stand behind a long message: while something is heard, it is only late.
    if (this.#heard) this.#wait();
    else this.#port.onSilence(new HoldfastError('heartbeat-timeout', `nothing heard for ${timeoutMs} ms after a ping`));
  }
}
