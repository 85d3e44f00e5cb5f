import type { RowLimits } from '../row/row.ts';

/** The limits of a row as options of `connect` and of `serve`; no ping of ours comes between, and nothing is compressed. */
export function appOptions({ maxMessageBytes, closeTimeoutMs, ...more }: RowLimits = {}) {
  const limits = { ...more };
  // Of the protocol alone.
  delete limits.maxFragmentBytes;
  return {
    heartbeat: false as const,
    compression: false as const,
    limits,
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(closeTimeoutMs !== undefined && { closeTimeoutMs }),
  };
}
