import { chromium } from 'playwright-core';
import { it } from 'vitest';
import { findChromium } from '../browser/chromium.ts';
import { servePage } from '../run/page-server.ts';
import { runBackForward } from './back-forward-run.ts';
import { bundlePage } from './reload-run.ts';

it.each([
  ['goes on with its session', false],
  ['is told, where another page has gone on with its session', true],
])('a page that comes back from the cache of pages %s', async (_, isUsedMeanwhile) => {
  const [server, browser] = await Promise.all([
    bundlePage().then(servePage),
    // The driver has switched that cache off.
    chromium.launch({
      executablePath: await findChromium(),
      chromiumSandbox: false,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    }),
  ]);
  try {
    await runBackForward(await browser.newPage(), server.url, { isUsedMeanwhile });
  } finally {
    await browser.close();
    await server.close();
  }
});
