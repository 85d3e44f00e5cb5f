/** What became of numbered messages on their way from one end to the other. */
export interface Counts {
  readonly sent: number;
  readonly delivered: number;
  /** Sent, and never there. */
  readonly lost: number;
  /** Arrivals of a message that was there already. */
  readonly doubled: number;
  /** First arrivals behind a later message. */
  readonly outOfOrder: number;
}

/** Counts the numbers that were sent against those that arrived, in the order of their arrival. */
export function count(sent: readonly number[], arrived: readonly number[]): Counts {
  const seen = new Set<number>();
  let outOfOrder = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (const number of arrived) {
    if (!seen.has(number) && number < latest) outOfOrder++;
    latest = Math.max(latest, number);
    seen.add(number);
  }
  return {
    sent: sent.length,
    delivered: seen.size,
    lost: sent.filter((number) => !seen.has(number)).length,
    doubled: arrived.length - seen.size,
    outOfOrder,
  };
}
