import { expect } from 'vitest';
import type { EnginePage } from '../browser/engine.ts';
import { startNumbersServer } from './numbers-server.ts';
import type { StorePage } from './page-entry.ts';

/**
 * Two tabs open one store: the second is refused with an error that says so, and takes over the session when the first is
 * gone.
 */
export async function runTabs(first: EnginePage, second: EnginePage, pageUrl: string): Promise<void> {
  const server = await startNumbersServer(3);
  try {
    const url = `ws://127.0.0.1:${server.port}`;
    await first.goto(pageUrl);
    await second.goto(pageUrl);
    await first.evaluate(async (to) => (globalThis as unknown as { page: StorePage }).page.open(to), url);
    const refusal = await second.evaluate(
      async (to) => (globalThis as unknown as { page: StorePage }).page.refused(to),
      url,
    );
    expect(refusal).toBe('store-failed: tabs: another tab has it');
    await second.evaluate(() => (globalThis as unknown as { page: StorePage }).page.send('1'), null);
    await first.goto('about:blank');
    const resumed = await second.evaluate(
      async () => (globalThis as unknown as { page: StorePage }).page.opened(),
      null,
    );
    expect(resumed).toBe(true);
    await server.delivered;
    expect(server).toMatchObject({ sessions: 1, received: { last: 1, faults: [] } });
  } finally {
    await server.close();
  }
}
