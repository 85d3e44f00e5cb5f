/** What a process held at one moment. */
export interface Sample {
  /** Since the first sample, in s. */
  readonly seconds: number;
  /** What is in use after a collection: the heap, and the buffers outside of it. */
  readonly liveBytes: number;
  readonly rssBytes: number;
}

/** A way to read slowly from a server that sends without end, or to send without end to one that does not read. */
export type Way = 'iterator' | 'readable' | 'on message' | 'send' | 'ws send';

/** What a run of one way used over its time. */
export interface Series {
  readonly way: string;
  readonly samples: readonly Sample[];
}

/** What the process that is measured tells. */
export interface MemoryWord {
  readonly samples?: readonly Sample[];
}

/** The length of each message. */
export const messageBytes = 2 ** 16;

/** How much more was live at the worst moment than at the first, in MiB. */
export function growthMiB({ samples }: Series): number {
  return (Math.max(...samples.map(({ liveBytes }) => liveBytes)) - samples[0]!.liveBytes) / 2 ** 20;
}

/** The same of the memory that the system counts. */
export function rssGrowthMiB({ samples }: Series): number {
  return (Math.max(...samples.map(({ rssBytes }) => rssBytes)) - samples[0]!.rssBytes) / 2 ** 20;
}

/** A series as one line, in MiB: live and in all, every tenth sample. */
export function formatSeries({ way, samples }: Series): string {
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  const some = samples.filter((_, n) => n % 10 === 0 || n === samples.length - 1);
  const parts = some.map(
    ({ seconds, liveBytes, rssBytes }) => `${seconds.toFixed(1)} s ${mebibytes(liveBytes)}/${mebibytes(rssBytes)}`,
  );
  return `${way}, live and rss in MiB: ${parts.join(', ')}`;
}
