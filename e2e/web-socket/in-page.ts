import { fileURLToPath } from 'node:url';
import type { EngineBrowser } from '../browser/engine.ts';
import { bundleForPage } from '../run/bundle.ts';
import { servePage } from '../run/page-server.ts';
import type { RowsPage } from './page-entry.ts';
import type { Differences } from './run-rows.ts';
import { startStandardServer } from './standard-server.ts';

const entry = fileURLToPath(new URL('./page-entry.ts', import.meta.url));

/** What a browser's own class does otherwise than the rows say. */
export async function differencesInPage(launch: () => Promise<EngineBrowser>): Promise<Differences> {
  const [rowsServer, pageServer, browser] = await Promise.all([
    startStandardServer(),
    bundleForPage(entry).then(servePage),
    launch(),
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
