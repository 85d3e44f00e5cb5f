/** A curve before it is measured. */
export interface CurvePlan {
  readonly name: string;
  /** What grows, and what is measured at each step. */
  readonly x: string;
  readonly y: string;
  readonly series: readonly string[];
  readonly points: readonly number[];
  /** Where a series would take minutes, its last point. */
  readonly last?: Readonly<Record<string, number>>;
  open(): Promise<CurveStage>;
}

/** What stands ready for a curve. */
export interface CurveStage {
  /** Makes ready for the next step. */
  step(x: number): Promise<void>;
  /** Measures one series once. */
  round(series: string, x: number): Promise<number>;
  close(): Promise<void>;
}
