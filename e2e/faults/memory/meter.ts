import type { Sample } from './series.ts';

/** Takes samples of this process, each after a collection. */
export class Meter {
  readonly samples: Sample[] = [];
  readonly #startMs = performance.now();

  constructor() {
    this.take();
  }

  take(): void {
    // The second waits for what the first has left to another thread.
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    const seconds = (performance.now() - this.#startMs) / 1000;
    this.samples.push({ seconds, liveBytes: heapUsed + arrayBuffers, rssBytes: rss });
  }

  /** Bytes in use, more than at the first sample. */
  get grownBytes(): number {
    return this.samples.at(-1)!.liveBytes - this.samples[0]!.liveBytes;
  }
}
