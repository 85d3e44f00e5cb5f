import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { builtPages, type BuiltSite, openBuiltSite } from './built-site.ts';
import { schemes, windows } from './engines.ts';
import { visit } from './watched-page.ts';

const pages = await builtPages();
let site: BuiltSite;
let browser: Browser;
beforeAll(async () => {
  site = await openBuiltSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

describe.each(schemes)('axe finds nothing serious, %s', (scheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ colorScheme: scheme, reducedMotion: 'reduce', viewport: windows.wide });
  });
  afterAll(() => page.close());

  test.each(pages)('on $path', async ({ path }) => {
    await visit(page, site.base + path);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('in the search box', async () => {
    await visit(page, site.base);
    await page.locator('#local-search button').click();
    await page.locator('.VPLocalSearchBox input').fill('heartbeat');
    await page.locator('.VPLocalSearchBox .result').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('in the menu of a phone', async () => {
    await page.setViewportSize(windows.narrow);
    await visit(page, site.base);
    await page.locator('.VPNavBarHamburger').click();
    await page.locator('.VPNavScreen').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});

/** What axe calls serious or critical: the rule, how often, and the first place of each. */
async function seriousFaults(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => {
        const places = nodes.slice(0, 3).map(({ target, any }) => `${target.join(' ')}: ${any[0]?.message ?? ''}`);
        return `${id}, ${nodes.length} times: ${places.join('; ')}`;
      });
  });
}
