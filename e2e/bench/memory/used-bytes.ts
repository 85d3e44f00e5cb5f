import { setTimeout } from 'node:timers/promises';

/** What all connections share is there with so many of them. */
export const sharedBy = 50;

/** So often and so far apart, in ms, what is no longer needed is collected: some of it is let go of in a later turn. */
const [collections, apartMs] = [4, 50];

/** What a process has of the machine's memory, and what JavaScript holds, which is not all: zlib's own is outside. */
export interface UsedBytes {
  readonly rss: number;
  readonly heap: number;
}

/** What this process holds once it has collected what it does not need; it was started with `--expose-gc`. */
export async function usedBytes(): Promise<UsedBytes> {
  for (let time = 0; time < collections; time++) {
    gc!();
    await setTimeout(apartMs);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

/** By how much it has grown for each of so many connections. */
export function grownBytes(
  before: UsedBytes,
  after: UsedBytes,
  count: number,
): { rssBytes: number; heapBytes: number } {
  return { rssBytes: (after.rss - before.rss) / count, heapBytes: (after.heap - before.heap) / count };
}
