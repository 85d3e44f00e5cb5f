import { expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { servePage } from '../run/page-server.ts';
import { bundleForPage } from './bundle.ts';
import { chromiumDifferences, unknownOf } from './known-differences.ts';
import type { RowsPage } from './page-entry.ts';
import type { Differences } from './run-rows.ts';
import { startStandardServer } from './standard-server.ts';

/** What Chromium's own class does otherwise than the rows say. */
async function differencesOfChromium(): Promise<Differences> {
  const [rowsServer, pageServer, browser] = await Promise.all([
    startStandardServer(),
    bundleForPage().then(servePage),
    launchChromium(),
  ]);
  try {
    const page = await browser.newPage();
    await page.goto(pageServer.url);
    return await page.evaluate(
      (url) => (globalThis as unknown as { rowsPage: RowsPage }).rowsPage.run(url),
      rowsServer.url,
    );
  } finally {
    await browser.close();
    await Promise.all([pageServer.close(), rowsServer.close()]);
  }
}

test('the rows say what Chromium does, but for what the guide names', async () => {
  expect(unknownOf(await differencesOfChromium(), chromiumDifferences)).toEqual({});
});
