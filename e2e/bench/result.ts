/** Who is compared, in a row or in another. */
export type ContenderName = 'holdfast' | 'ws' | 'undici' | 'bare socket' | 'bufferutil' | 'native' | 'no delivery';

/** The middle of some rounds, and the ends. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What one contender came to, in the unit of its row. */
export interface Figure extends Spread {
  /** CPU time of the measured process per operation. */
  readonly cpuUs?: number;
}

export interface Row {
  readonly group:
    | 'send'
    | 'receive'
    | 'echo'
    | 'round trip'
    | 'compressed'
    | 'connections'
    | 'memory'
    | 'server'
    | 'delivery'
    | 'masks'
    | 'browser';
  readonly name: string;
  readonly unit: 'messages/s' | 'connections/s' | 'µs' | 'bytes' | 'B' | 'GB/s';
  readonly better: 'more' | 'less';
  readonly figures: Readonly<Partial<Record<ContenderName, Figure>>>;
  /** Ours divided by theirs, round by round. */
  readonly ratios: Readonly<Partial<Record<ContenderName, Spread>>>;
  /** What was wanted of the ratio: at least, where more is better, or at most. */
  readonly wanted?: readonly { readonly against: ContenderName; readonly ratio: number }[];
}

export interface Curve {
  readonly name: string;
  readonly x: string;
  readonly y: string;
  readonly series: Readonly<
    Record<string, readonly { readonly x: number; readonly y: number; readonly low: number; readonly high: number }[]>
  >;
}

/** All that one run of the bench found. */
export interface BenchResult {
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
}
