import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { startBrowser } from '../engines/browsers.ts';
import type { FaultPage } from '../engines/page-entry.ts';
import type { SlowReading } from '../engines/read-slowly.ts';
import { startGreedyServer } from './greedy-server.ts';
import type { Sample, Series } from './series.ts';

/** Holds more than this, and holds more without end. */
const enoughBytes = 2 ** 26;

/** What came of a page that reads slowly, and what it held meanwhile. */
export interface PageReading {
  /** Absent where the page was stopped, having grown to no end. */
  readonly reading?: SlowReading;
  readonly series: Series;
}

/** Lets a page of Chromium read slowly from a server that sends without end, with this limit of what may wait. */
export async function measurePage(way: string, maxUnreadBytes: number): Promise<PageReading> {
  let page: Page | undefined;
  const server = await startGreedyServer('sends without end');
  const engine = await startBrowser('Chromium', launchChromium, (opened) => {
    page = opened;
  });
  try {
    const devtools = await page!.context().newCDPSession(page!);
    const startMs = performance.now();
    const samples = [await sample(devtools, startMs)];
    let reading: SlowReading | undefined;
    void read(page!, server.url, maxUnreadBytes).then((result) => {
      reading = result;
    });
    while (!reading && samples.at(-1)!.liveBytes < enoughBytes) samples.push(await sample(devtools, startMs));
    return { series: { way, samples }, ...(reading && { reading }) };
  } finally {
    await engine.close();
    await server.close();
  }
}

/** A page that is closed meanwhile answers nothing. */
async function read(page: Page, url: string, maxUnreadBytes: number): Promise<SlowReading | undefined> {
  const args = [url, maxUnreadBytes] as const;
  return page
    .evaluate(
      ([to, limit]) => (globalThis as unknown as { faultPage: FaultPage }).faultPage.readSlowly(to, limit),
      args,
    )
    .catch(() => undefined);
}

/** The heap of the page after a collection, and the buffers that it holds outside of it. */
async function sample(devtools: CDPSession, startMs: number): Promise<Sample> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  return { seconds: (performance.now() - startMs) / 1000, liveBytes: usedSize + backingStorageSize, rssBytes: 0 };
}
