// The most important of playground.all.test.ts, in a few seconds.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { launchChromium } from '../browser/chromium.ts';
import { openPlayground } from './playground-page.ts';

let browser: Browser;
let demo: DemoServer;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  await buildSite();
  demo = await startDemoServer(0);
  site = await serveSite(0, () => demo);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  site.stop();
  await demo.stop();
});

test.each(['page', 'demo'] as const)('two panes hear each other, and their frames are seen: %s', async (place) => {
  const { page, a, b, errors, strangers } = await openPlayground(browser, `http://localhost:${site.port}`, place);
  await a.connect();
  await b.connect();
  await a.say('hello from A');
  await b.shows('hello from A');
  await a.marksLastOwn('delivered');
  const frames = page.getByTestId('wire-timeline').getByRole('option').filter({ hasText: 'hello from A' });
  // To the server, and from it to each of the two.
  await expect.poll(() => frames.count()).toBe(3);
  expect({ errors, strangers }).toEqual({ errors: [], strangers: [] });
  await page.close();
});
