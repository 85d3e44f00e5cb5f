// #region words
/** What a reader of `/log` sends: one JSON object in one text message. */
export type LogRequest =
  /** So many lines more may come: the server reads the file no further than that. Who asks for none has paused. */
  | { readonly type: 'more'; readonly lines: number }
  /** Writes so many lines into the log at once. */
  | { readonly type: 'write'; readonly lines: number }
  /** Renames the file and begins a new one, as logrotate does. */
  | { readonly type: 'rotate' }
  /** A browser cannot ping: this is its heartbeat. */
  | { readonly type: 'probe' };

/** What comes from `/log`. */
export type LogReply =
  /** `next` is the place behind them: who comes back to `/log?from=next` gets what stands behind it. */
  | { readonly type: 'lines'; readonly lines: readonly string[]; readonly next?: string }
  | { readonly type: 'rotated' }
  | { readonly type: 'probe-reply' };
// #endregion words

const logLimits = { moreLines: 100_000, writeLines: 100_000 } as const;

/** Parses one message of a reader; undefined for what is none. */
export function parseLogRequest(text: string): LogRequest | undefined {
  const request = parseObject(text);
  switch (request?.type) {
    case 'rotate':
    case 'probe':
      return { type: request.type };
    case 'more':
      return isCount(request.lines, logLimits.moreLines) ? { type: 'more', lines: request.lines } : undefined;
    case 'write':
      return isCount(request.lines, logLimits.writeLines) ? { type: 'write', lines: request.lines } : undefined;
    default:
      return undefined;
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
}
