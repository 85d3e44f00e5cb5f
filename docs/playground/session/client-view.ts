import type { ClientState } from '@holdfast/web';
import type { LogEntry } from '../chat/event-log.ts';
import type { Problem } from '../parts/problem.ts';
import type { Beat } from './beat.ts';
import type { Wait } from './wait-range.ts';

/** The name of a state, or `idle` before the first connect. */
export type StateName = ClientState['name'] | 'idle';

/** A change of state, and why it came, in a few words. */
export interface StateStep {
  readonly number: number;
  readonly from: StateName;
  readonly to: StateName;
  readonly why: string;
}

/** What one client of the page has told; times are those of `performance.now()`. */
export interface ClientView {
  /** Undefined before the first connect. */
  state: ClientState | undefined;
  lastStep: StateStep | undefined;
  /** Only in `waiting`. */
  wait: Wait | undefined;
  /** Only while the line is open and somebody asks for a sign of life. */
  beat: Beat | undefined;
  latencyMs: number | undefined;
  /** What waits for a connection. */
  outbox: { messages: number; bytes: number };
  /** What the last broken line left in doubt. */
  uncertain: number;
  log: LogEntry[];
  /** What the last action was refused for. */
  problem: Problem | undefined;
}

/** The view before the first connect. */
export function emptyView(): ClientView {
  return {
    state: undefined,
    lastStep: undefined,
    wait: undefined,
    beat: undefined,
    latencyMs: undefined,
    outbox: { messages: 0, bytes: 0 },
    uncertain: 0,
    log: [],
    problem: undefined,
  };
}
