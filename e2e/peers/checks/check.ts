import type { Bench } from '../ends/bench.ts';

/** Something that is so between an end of ours and every peer; `run` rejects where it is not. */
export interface Check {
  /** The row of docs/peers.md to which it belongs. */
  readonly group: string;
  readonly name: string;
  readonly run: (bench: Bench) => Promise<void>;
}
