import { expect, test } from 'vitest';
import { firstPageLimits } from './limits.ts';
import { measurePage } from './measure-page.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { builtPages, openBuiltSite } from '../built-site.ts';

test('the first page comes over the wire in less than its limit, compressed, and answers', async () => {
  await builtPages();
  const site = await openBuiltSite();
  const browser = await launchChromium();
  try {
    // How soon it answers is a figure that `npm run site:weight` prints: a test waits for no time.
    const { bytes, files, interactiveMs } = await measurePage(browser, `${site.base}/`);
    console.log(`${bytes} bytes, interactive after ${Math.round(interactiveMs)} ms`);
    expect(files.map(({ path }) => path)).toContain('/');
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(firstPageLimits.bytes);
  } finally {
    await browser.close();
    await site.stop();
  }
});
