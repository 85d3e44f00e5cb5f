/** One question for a sign of life; without `rttMs` it was not answered in time. */
export interface Round {
  readonly number: number;
  readonly rttMs: number | undefined;
}

/** Where a heartbeat stands; times are those of `performance.now()`. */
export interface Beat {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** When the next question is due, or was. */
  askAtMs: number;
  /** When it was asked, while the answer is awaited. */
  askedAtMs: number | undefined;
  /** By when something has to be heard, while the answer is awaited. */
  deadlineAtMs: number;
  /** The newest last. */
  rounds: Round[];
}

/** How a heartbeat is set, in ms. */
export interface BeatTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Quick enough to be seen. */
export const beatTimes: BeatTimes = { intervalMs: 3000, timeoutMs: 2000 };

const maxRounds = 24;

/** A heartbeat on a fresh line, after the rounds of the lines before. */
export function startBeat(times: BeatTimes, nowMs: number, rounds: Round[]): Beat {
  return { ...times, askAtMs: nowMs + times.intervalMs, askedAtMs: undefined, deadlineAtMs: 0, rounds };
}

/** The question left. */
export function noteAsked(beat: Beat, nowMs: number): void {
  beat.askedAtMs = nowMs;
  beat.deadlineAtMs = nowMs + beat.timeoutMs;
}

/** Something was heard: while an answer is awaited, it is only late. */
export function noteHeard(beat: Beat, nowMs: number): void {
  if (beat.askedAtMs !== undefined) beat.deadlineAtMs = nowMs + beat.timeoutMs;
}

/** The answer came after this time, or did not come. */
export function noteRound(beat: Beat, nowMs: number, rttMs: number | undefined): void {
  beat.rounds.push({ number: (beat.rounds.at(-1)?.number ?? 0) + 1, rttMs });
  if (beat.rounds.length > maxRounds) beat.rounds.shift();
  beat.askedAtMs = undefined;
  beat.askAtMs = nowMs + beat.intervalMs;
}
