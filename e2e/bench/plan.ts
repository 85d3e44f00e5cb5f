import type { ContenderName, Row } from './result.ts';

/** What one round of one contender took. */
export interface Sample {
  /** How many operations it was of. */
  readonly count: number;
  readonly ms: number;
  /** The time of processors that the measured process used, in ms. */
  readonly cpuMs?: number;
  /** What half of the round trips did not take longer than, in µs, and 99 of 100. */
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** What each of `count` connections holds: of the machine's memory, and of what JavaScript counts. */
  readonly rssBytes?: number;
  readonly heapBytes?: number;
  /** What went over the connection for all of `count`, both ways together. */
  readonly wireBytes?: number;
}

/** A row of the table before it is measured. */
export interface RowPlan extends Pick<Row, 'group' | 'name' | 'unit' | 'better' | 'wanted'> {
  /** What a round says, in the unit of the row. */
  readonly figureOf: (sample: Sample) => number;
}

/** What stands ready for the rounds of a plan. */
export interface Stage {
  /** Lets one contender do so many operations. */
  round(contender: ContenderName, count: number): Promise<Sample>;
  close(): Promise<void>;
}

/** What is measured together, and the rows that come of it. */
export interface Plan {
  readonly rows: readonly RowPlan[];
  /** Ours is the first. */
  readonly contenders: readonly ContenderName[];
  /** How many operations the first round has; from what it takes follows how many the others have. */
  readonly firstCount: number;
  /** All rounds have the first one's count, and none is to warm up. */
  readonly isCountFixed?: boolean;
  open(): Promise<Stage>;
}

/** Operations in a second. */
export function perSecond({ count, ms }: Sample): number {
  return count / (ms / 1e3);
}
