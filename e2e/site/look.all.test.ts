import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { builtPages, type BuiltSite, openBuiltSite } from './built-site.ts';
import { engines, schemes, windows } from './engines.ts';
import { overflowing } from './overflow.ts';
import { openWatched, visit, type WatchedPage } from './watched-page.ts';

/** Pictures for people: what a page looks like is not for a test to say. */
const album = join(house, '.cache/site-pictures');
const tallestPicture = 2_400;

const pages = await builtPages();
let site: BuiltSite;
beforeAll(async () => {
  site = await openBuiltSite();
});
afterAll(() => site.stop());

describe.each(engines)('in $engine', ({ engine, launch }) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  describe.each(schemes)('%s', (scheme) => {
    let watched: WatchedPage;
    beforeAll(async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce', viewport: windows.wide });
      await context.addInitScript(chooseScheme, scheme);
      watched = await openWatched(context, site.base);
    });
    afterAll(() => watched.page.context().close());

    test.each(pages)('$path fits the window, and asks nobody else', async ({ path }) => {
      const { page } = watched;
      await page.setViewportSize(windows.wide);
      await visit(page, site.base + path);
      expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(scheme === 'dark');
      expect(await overflowing(page)).toEqual([]);
      await take(page, join(engine, scheme, 'wide', path));
      await page.setViewportSize(windows.narrow);
      expect(await overflowing(page)).toEqual([]);
      await take(page, join(engine, scheme, 'narrow', path));
      expect(watched.takeFaults()).toEqual([]);
    });
  });
});

/** In the page: as its switch does. Firefox cannot be told what the system prefers. */
function chooseScheme(scheme: string): void {
  // An empty page, which comes first, has no storage.
  if (location.protocol === 'http:') localStorage.setItem('vitepress-theme-appearance', scheme);
}

async function take(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? windows.wide;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({
    path: `${join(album, name.toLowerCase())}${name.endsWith('/') ? 'index' : ''}.png`,
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(Math.max(whole, height), tallestPicture) },
  });
}
