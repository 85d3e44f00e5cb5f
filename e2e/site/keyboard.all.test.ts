import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltPage, type BuiltSite, builtPages, openBuiltSite } from './built-site.ts';
import { engines, windows } from './engines.ts';
import { walkByTab } from './keyboard.ts';
import { visit } from './watched-page.ts';

const pages = await builtPages();
let site: BuiltSite;
beforeAll(async () => {
  site = await openBuiltSite();
});
afterAll(() => site.stop());

describe.each(engines)('in $engine, by Tab alone', ({ engine, launch }) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  // A key takes Firefox ten times as long: there, a page of each kind.
  test.each(engine === 'Chromium' ? pages : onePerFolder())(
    'all of $path is reached, and its focus shows',
    async ({ path }) => {
      const page = await browser.newPage({ viewport: windows.wide, reducedMotion: 'reduce' });
      await visit(page, site.base + path);
      const { count, unreached, unseen } = await walkByTab(page);
      await page.close();
      expect({ unreached, unseen }).toEqual({ unreached: [], unseen: [] });
      expect(count).toBeGreaterThan(5);
    },
  );
});

/** The pages at the top that are made for doing, and the first page of each folder at the top. */
function onePerFolder(): BuiltPage[] {
  const folderOf = ({ path }: BuiltPage) => (path.lastIndexOf('/') > 0 ? path.split('/')[1] : undefined);
  const isFirst = (page: BuiltPage) => pages.find((one) => folderOf(one) === folderOf(page)) === page;
  return pages.filter((page) => ['/', '/playground'].includes(page.path) || (folderOf(page) && isFirst(page)));
}
