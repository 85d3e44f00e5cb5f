import { type Clock, Timer } from '../clock.ts';

/** When to ask for a sign of life, and how long to wait for one, in ms. */
export interface HeartbeatTimes {
  /** Where it is missing, nothing is asked but by `probe`. */
  readonly intervalMs?: number;
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** The limit after a sleep. */
  readonly wakeTimeoutMs?: number;
}

/** What a heartbeat does to the line that it is for; one for all lines of a kind, as each of its own would be memory for each. */
export interface HeartbeatActs<Line> {
  /** Asks the peer. */
  readonly ask: (line: Line) => void;
  /** How long the answer took, in ms. */
  readonly onLatency: (line: Line, rttMs: number) => void;
  /** Nothing was heard within a limit, in ms. */
  readonly onSilence: (line: Line, limitMs: number) => void;
}

/**
 * Finds a dead line: asks at each interval, whatever else arrives, and then wants to hear something, if not yet the
 * answer, within each time limit. After the answer it goes back to the interval. At most one question is on its way. It rests
 * until it is told to beat.
 */
export class Heartbeat<Line> {
  readonly #clock: Clock;
  readonly #times: HeartbeatTimes;
  readonly #line: Line;
  readonly #acts: HeartbeatActs<Line>;
  readonly #timer: Timer;
  #askedAtMs: number | undefined;
  #dueAtMs = 0;

  constructor(clock: Clock, times: HeartbeatTimes, line: Line, acts: HeartbeatActs<Line>) {
    this.#clock = clock;
    this.#times = times;
    this.#line = line;
    this.#acts = acts;
    this.#timer = new Timer(clock);
  }

  /** Begins to beat, the first question after one interval; or ends all waiting. */
  beat(isBeating: boolean): void {
    this.#askedAtMs = undefined;
    this.#timer.set(isBeating ? this.#times.intervalMs : undefined, () => this.ask());
  }

  /** Asks now, unless an answer is awaited already; with a limit, something has to be heard within that, if not sooner. */
  ask(mostMs: number = Infinity): void {
    const nowMs = this.#clock.now();
    const limitMs = Math.min(mostMs, this.#timeoutMs);
    if (this.#askedAtMs === undefined) {
      this.#askedAtMs = nowMs;
      this.#wait(limitMs);
      this.#acts.ask(this.#line);
    } else if (nowMs + limitMs < this.#dueAtMs) this.#wait(limitMs);
  }

  /** Something arrived: the line is alive. */
  heard(): void {
    // The answer may stand behind a long message: while something is heard, it is only late.
    if (this.#askedAtMs !== undefined) this.#wait(this.#timeoutMs);
  }

  /** The answer arrived; one that nobody asked for says nothing. */
  answered(): void {
    if (this.#askedAtMs === undefined) return;
    const rttMs = this.#clock.now() - this.#askedAtMs;
    this.beat(true);
    this.#acts.onLatency(this.#line, rttMs);
  }

  get #timeoutMs(): number {
    return this.#times.timeoutMs ?? 10_000;
  }

  #wait(limitMs: number): void {
    this.#dueAtMs = this.#clock.now() + limitMs;
    // In halves: who was frozen reads what came meanwhile before the second is over.
    this.#timer.set(limitMs / 2, () => {
      this.#timer.set(limitMs / 2, () => this.#acts.onSilence(this.#line, limitMs));
    });
  }
}
