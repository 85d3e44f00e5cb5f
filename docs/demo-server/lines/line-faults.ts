/** What is done to the lines that somebody watches, those that are open and those that come. */
export interface LineFaults {
  /** How long each piece is kept back on its way, in ms. */
  readonly delayMs: number;
  /** Nothing passes any more, and nobody is told: what passed before is not undone. */
  readonly isSilent: boolean;
  /** How a new line is answered in the place of the server: not at all, or by HTTP. */
  readonly refusal?: 'refuse' | { readonly status: number; readonly retryAfterSeconds?: number } | undefined;
}

/** What a watcher asks for, as JSON in a text message. */
export type LineRequest = { readonly type: 'faults'; readonly faults: LineFaults } | { readonly type: 'cut' };

export const noFaults: LineFaults = { delayMs: 0, isSilent: false };

const maxDelayMs = 60_000;

/** Parses one message of a watcher; undefined for what is none. */
export function parseLineRequest(text: string): LineRequest | undefined {
  const request = parseObject(text);
  if (request?.type === 'cut') return { type: 'cut' };
  const faults = request?.type === 'faults' ? parseFaults(request.faults) : undefined;
  return faults && { type: 'faults', faults };
}

function parseFaults(value: unknown): LineFaults | undefined {
  if (!isObject(value)) return undefined;
  const { delayMs, isSilent, refusal } = value;
  if (!isWithin(delayMs, 0, maxDelayMs) || typeof isSilent !== 'boolean') return undefined;
  if (refusal === undefined || refusal === 'refuse') return { delayMs, isSilent, refusal };
  if (!isObject(refusal)) return undefined;
  const { status, retryAfterSeconds } = refusal;
  if (!isWithin(status, 300, 599) || !(retryAfterSeconds === undefined || isWithin(retryAfterSeconds, 0, 3600)))
    return undefined;
  return { delayMs, isSilent, refusal: { status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
