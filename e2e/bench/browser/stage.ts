import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../browser/chromium.ts';
import { openUndrivenPage, type UndrivenPage } from '../../browser/undriven-page.ts';
import { bundleForPage } from '../../run/bundle.ts';
import { servePage } from '../../run/page-server.ts';
import { startChild } from '../child.ts';
import { urlOf } from '../flow/url.ts';
import type { Workload } from '../flow/workload.ts';
import type { Stage } from '../plan.ts';
import type { BenchPage, PageContender } from './page-entry.ts';

/**
 * A peer, and a Chromium for each contender with one page, so that neither runs code that was compiled for the other, or
 * waits in the queue of the other's network.
 */
export async function openPages(workload: Workload, names: readonly PageContender[]): Promise<Stage> {
  const script = await bundleForPage(fileURLToPath(new URL('page-entry.ts', import.meta.url)));
  const peer = await startChild(new URL('../flow/peer-process.ts', import.meta.url));
  const server = await servePage(script);
  const browsers = await Promise.all(names.map(() => launchChromium()));
  const close = async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.close();
    await peer.end();
  };
  const pages = new Map<string, UndrivenPage>();
  for (const [at, name] of names.entries()) {
    const page = await openUndrivenPage(browsers[at]!);
    await page.goto(server.url);
    await page.command('Performance.enable');
    await page.evaluate(openLine, [name, urlOf(peer, workload), workload] as const);
    pages.set(name, page);
  }
  return {
    async round(name, count) {
      await peer.ask({ count });
      const page = pages.get(name)!;
      const before = await processMs(page);
      const ms = await page.evaluate(runRound, count);
      return { count, ms, cpuMs: (await processMs(page)) - before };
    },
    close,
  };
}

/** In the page. */
function openLine([name, url, workload]: readonly [PageContender, string, Workload]): Promise<void> {
  return (globalThis as unknown as { benchPage: BenchPage }).benchPage.open(name, url, workload);
}

/** In the page. */
function runRound(count: number): Promise<number> {
  return (globalThis as unknown as { benchPage: BenchPage }).benchPage.round(count);
}

/** The time of processors that the page's process has used, in ms. */
async function processMs(page: UndrivenPage): Promise<number> {
  type Answer = { readonly metrics: readonly { readonly name: string; readonly value: number }[] };
  const { metrics } = await page.command<Answer>('Performance.getMetrics');
  return 1e3 * (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN);
}
