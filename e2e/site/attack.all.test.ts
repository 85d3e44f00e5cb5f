import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type BuiltSite, builtPages, openBuiltSite } from './built-site.ts';
import { visit } from './watched-page.ts';

/** Where any of it became HTML, the page has an element of this name; where it also ran, the page says so. */
const attack =
  '"><hf-attack></hf-attack><img src=x onerror="window.isAttacked=true">{{constructor.constructor("window.isAttacked=true")()}}';

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

describe('text from elsewhere never becomes HTML', () => {
  test.each(pages)('on $path: from the address, from a server, from what is typed', async ({ path }) => {
    const page = await openAttacked();
    const query = encodeURIComponent(attack);
    await visit(page, `${site.base}${path}?url=${query}&hex=${query}&q=${query}#${query}`);
    const typed = await typeEverywhere(page);
    if (typed > 0) await pressEverything(page);
    expect(await traces(page)).toEqual([]);
    await page.close();
    // Only the field of the search is on every page, and that is not open.
    if (path === '/playground') expect(typed).toBeGreaterThan(0);
  });

  test('in the search box', async () => {
    const page = await openAttacked();
    await visit(page, `${site.base}/`);
    await page.locator('#local-search button').click();
    await page.locator('.VPLocalSearchBox input').fill(attack);
    await page.locator('.VPLocalSearchBox').locator('.result, .no-results').first().waitFor();
    expect(await traces(page)).toEqual([]);
    await page.close();
  });

  test('and where it did, it would be seen', async () => {
    const page = await openAttacked();
    await visit(page, `${site.base}/`);
    await page.evaluate((html) => {
      document.body.insertAdjacentHTML('beforeend', html);
    }, `<p title="${attack}`);
    await page.waitForFunction(() => 'isAttacked' in globalThis);
    expect(await traces(page)).toEqual(['it is an element', 'it ran']);
    await page.close();
  });
});

/** A page to which every server says nothing but the attack: over HTTP as JSON and over every WebSocket. */
async function openAttacked(): Promise<Page> {
  const page = await browser.newPage();
  await page.route('**/demo-server.json', (route) => route.fulfill({ json: { port: attack, name: attack } }));
  await page.routeWebSocket(/.*/, (socket) => {
    const say = () => {
      for (const text of [attack, JSON.stringify({ type: 'message', from: attack, text: attack, data: attack })]) {
        socket.send(text);
      }
    };
    say();
    socket.onMessage(say);
  });
  return page;
}

/** Writes it into every field that takes text, and into those that come by that; answers how many took it. */
async function typeEverywhere(page: Page): Promise<number> {
  return (await typeInto(page)) + (await typeInto(page));
}

async function typeInto(page: Page): Promise<number> {
  let typed = 0;
  for (const field of await page.locator('input:visible, textarea:visible').all()) {
    // What was typed before may have ended its form.
    if ((await field.count()) === 0) continue;
    const kind = (await field.getAttribute('type')) ?? 'text';
    if (!['text', 'search', 'url'].includes(kind) || !(await field.isEditable())) continue;
    const isAddress = (await field.getAttribute('inputmode')) === 'url';
    await field.fill(isAddress ? `ws://localhost:9/?${encodeURIComponent(attack)}` : attack);
    await field.press('Enter');
    typed += 1;
  }
  return typed;
}

/** Presses every button of the page's own, so that what was typed is used and servers are spoken to. */
async function pressEverything(page: Page): Promise<void> {
  for (const button of await page
    .locator('main button:visible, .vp-doc button:visible, .VPPage button:visible')
    .all()) {
    // One that was pressed before may have taken others away.
    if ((await button.count()) > 0 && (await button.isEnabled()))
      await button.click({ timeout: 2_000 }).catch(() => undefined);
  }
}

async function traces(page: Page): Promise<string[]> {
  return page.evaluate(() => [
    ...(document.querySelector('hf-attack') ? ['it is an element'] : []),
    ...('isAttacked' in globalThis ? ['it ran'] : []),
  ]);
}
