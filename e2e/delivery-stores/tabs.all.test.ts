import { it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { servePage } from '../run/page-server.ts';
import { bundlePage } from './reload-run.ts';
import { runTabs } from './tabs-run.ts';

it('of two tabs with one store, the second is refused until the first is gone, and then goes on with the session', async () => {
  const [server, browser] = await Promise.all([bundlePage().then(servePage), launchChromium()]);
  try {
    // Pages of one context are tabs of one user.
    const context = await browser.newContext();
    await runTabs(await context.newPage(), await context.newPage(), server.url);
  } finally {
    await browser.close();
    await server.close();
  }
});
