import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { startNumbersServer } from './numbers-server.ts';
import type { StorePage } from './page-entry.ts';

/** Whether a page that is left for another stays as it was in the cache of pages while another page uses its store. */
export interface BackForwardPlan {
  readonly isUsedMeanwhile: boolean;
}

/**
 * A page is left, lies in the cache of pages and comes back. It goes on with its session, unless another page has done so
 * meanwhile: that has then sent what was left, and the first is told.
 */
export async function runBackForward(page: Page, pageUrl: string, { isUsedMeanwhile }: BackForwardPlan): Promise<void> {
  const server = await startNumbersServer(0);
  const url = `ws://127.0.0.1:${server.port}`;
  const arrived: string[] = [];
  server.onMessage = (message) => void arrived.push(message);
  try {
    await page.goto(`${pageUrl}/?first`);
    await page.evaluate(async (to) => {
      const { page: app } = globalThis as unknown as { page: StorePage };
      await app.open(to);
      app.send('1');
      // Not before the last moment.
      addEventListener('pagehide', () => app.send('2'));
    }, url);
    await page.goto(`${pageUrl}/?second`);
    if (isUsedMeanwhile) {
      await page.evaluate(async (to) => {
        const { page: app } = globalThis as unknown as { page: StorePage };
        await app.open(to);
        app.send('3');
      }, url);
      await expect.poll(() => arrived).toEqual(['1', '2', '3']);
    }
    // It is not loaded: it is there.
    await page.goBack({ waitUntil: 'commit' });
    expect(await page.evaluate(() => (globalThis as unknown as { page: StorePage }).page.whyLoaded())).toBe(undefined);
    const refusal = await page.evaluate(() => (globalThis as unknown as { page: StorePage }).page.outcome(), null);
    if (isUsedMeanwhile) {
      expect(refusal).toBe(
        'store-failed: tabs: another page has gone on with the session, or its database was deleted',
      );
      expect(arrived).toEqual(['1', '2', '3']);
    } else {
      expect(refusal).toBe('resumed');
      await page.evaluate(() => (globalThis as unknown as { page: StorePage }).page.send('3'), null);
      await expect.poll(() => arrived).toEqual(['1', '2', '3']);
    }
    expect(server).toMatchObject({ sessions: 1, received: { faults: [] } });
  } finally {
    await server.close();
  }
}
