/** The longest wait that a server may ask for, in ms. */
const maxMs = 3_600_000;

/** What a Retry-After header asks for, in ms from `nowMs` (RFC 9110 10.2.3): seconds or a date; at most an hour. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const isSeconds = /^\d+$/.test(value ?? '');
  const waitMs = isSeconds ? Number(value) * 1_000 : Date.parse(value ?? '') - nowMs;
  return waitMs >= 0 ? Math.min(waitMs, maxMs) : undefined;
}
