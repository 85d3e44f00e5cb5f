import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { EnginePage } from '../browser/engine.ts';
import { startFaultProxy } from '../faults/line/fault-proxy.ts';
import { bundleForPage } from '../run/bundle.ts';
import { startNumbersServer } from './numbers-server.ts';
import type { PageCounts } from './page-entry.ts';

/** How much a run does. */
export interface ReloadPlan {
  /** Numbers each way. */
  readonly count: number;
  readonly reloads: number;
  /** How often the line is dropped, and nobody reached for a moment. */
  readonly drops: number;
}

/** The page with its app. */
export const bundlePage = (): Promise<string> =>
  bundleForPage(fileURLToPath(new URL('./page-entry.ts', import.meta.url)));

/** So many numbers of chance between the first and the last tenth, in order. */
function chanceBelow(count: number, amount: number): number[] {
  return Array.from({ length: amount }, () => Math.floor(count * (0.1 + 0.8 * Math.random()))).sort((a, b) => a - b);
}

/**
 * A page sends numbers and receives numbers, each way at full rate, while it loads itself again at moments of chance, and
 * while its line is dropped: nothing is lost, doubled or out of order.
 */
export async function runReloads(page: EnginePage, pageUrl: string, plan: ReloadPlan): Promise<void> {
  const { count } = plan;
  const server = await startNumbersServer(count);
  const proxy = await startFaultProxy(server.port);
  const dropAt = chanceBelow(count, plan.drops);
  let down: Promise<void> | undefined;
  server.onMessage = (number) => {
    if (down || Number(number) < (dropAt[0] ?? count)) return;
    dropAt.shift();
    proxy.refuse();
    proxy.lines.at(-1)?.drop();
    down = pause(100)
      .then(() => proxy.accept())
      .finally(() => {
        down = undefined;
      });
  };
  try {
    const url = `ws://127.0.0.1:${proxy.port}`;
    const task = { url, count, store: 'numbers', reloadAt: chanceBelow(count, plan.reloads) };
    await page.goto(`${pageUrl}/?task=${encodeURIComponent(JSON.stringify(task))}`);
    await server.delivered;
    while (server.received.last < count) await pause(20);
    const counts = await settledCounts(page, count);
    expect(counts).toMatchObject({ sent: count, received: count, faults: [] });
    expect(counts.reloads).toBeGreaterThanOrEqual(plan.reloads);
    expect(server).toMatchObject({ received: { last: count, faults: [] }, sessions: 1 });
  } finally {
    await down;
    await proxy.close();
    await server.close();
  }
}

/** While the page loads again it does not answer. */
async function settledCounts(page: EnginePage, count: number): Promise<PageCounts> {
  for (;;) {
    const counts = await page
      .evaluate(() => (globalThis as unknown as { counts(): PageCounts }).counts(), null)
      .catch(() => undefined);
    if (counts && counts.received >= count && counts.sent >= count) return counts;
    await pause(50);
  }
}
