import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForPage } from '../../run/bundle.ts';
import { type PageServer, servePage } from '../../run/page-server.ts';
import { launchChromium } from '../chromium.ts';
import type { EngineBrowser } from '../engine.ts';
import { launchFirefox } from '../firefox.ts';
import { launchWebkit } from '../webkit.ts';

let server: PageServer;
beforeAll(async () => {
  server = await servePage(await bundleForPage(fileURLToPath(new URL('page-entry.ts', import.meta.url))));
});
afterAll(() => server?.close());

test.each<[string, () => Promise<EngineBrowser>]>([
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
  ['WebKit', launchWebkit],
])('timers of a worker run in %s where a policy forbids workers', async (_name, launch) => {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const told = await page.evaluate(
      () => (Reflect.get(globalThis, 'runForbidden') as () => Promise<string[]>)(),
      null,
    );
    expect(told).toEqual(['worker-src']);
  } finally {
    await browser.close();
  }
});
