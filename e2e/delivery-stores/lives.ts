/** What an app noted in its lives: `<life> <number>` a line. */
export interface Lives {
  /** The last number of each life. */
  readonly last: ReadonlyMap<number, number>;
  /** What came last of all. */
  readonly latest: number;
  readonly faults: readonly string[];
}

/**
 * Reads messages that each life numbers from 1: whatever is missing, doubled or out of order is a fault.
 */
export function readSentLives(lines: readonly string[]): Lives {
  const last = new Map<number, number>();
  const faults: string[] = [];
  let latest = 0;
  for (const line of lines) {
    const [life = 0, number = 0] = line.split(' ').map(Number);
    if (life < latest || number !== (last.get(life) ?? 0) + 1)
      faults.push(`${line} after ${latest} ${last.get(latest)}`);
    latest = life;
    last.set(life, number);
  }
  return { last, latest: last.get(latest) ?? 0, faults };
}

/**
 * Reads numbers that arrived in one life after the other: what is missing is a fault, and what is doubled, but for what a
 * life gets again at its beginning that the one before could not note any more.
 */
export function readReceivedLives(lines: readonly string[]): Lives {
  const last = new Map<number, number>();
  const faults: string[] = [];
  let before = 0;
  for (const line of lines) {
    const [life = 0, number = 0] = line.split(' ').map(Number);
    const isNext = number === before + 1;
    const comesAgain = !last.has(life) && number <= before;
    if (!isNext && !comesAgain) faults.push(`${line} after ${before}`);
    last.set(life, number);
    before = number;
  }
  return { last, latest: before, faults };
}
