import type { BrowserContext, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { builtFiles, builtPages, readBuilt } from './built-site.ts';
import { openWatched, visit, type WatchedPage } from './watched-page.ts';

/** Nobody has this name: what is not answered from the files has nowhere to go. */
const base = 'http://site.invalid';
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  json: 'application/json',
};

const pages = await builtPages();
const files = new Set(builtFiles());

describe('without a network and without a server, from the files alone', () => {
  let context: BrowserContext;
  let watched: WatchedPage;
  beforeAll(async () => {
    const browser = await launchChromium();
    context = await browser.newContext();
    await context.route('**/*', answerFromFiles);
    watched = await openWatched(context, base);
  });
  afterAll(() => context.browser()?.close());

  test.each(pages)('$path is there', async ({ path }) => {
    await visit(watched.page, base + path);
    expect(await watched.page.locator('h1').first().innerText()).not.toBe('');
    // Whether there is a demo server is asked, and a static host has none.
    expect(watched.takeFaults().filter((fault) => !/demo-server\.json|404 \(Not Found\)/.test(fault))).toEqual([]);
  });
});

/** As a static host that serves clean addresses. */
async function answerFromFiles(route: Route): Promise<void> {
  const path = decodeURIComponent(new URL(route.request().url()).pathname).slice(1);
  const file = [path, `${path}.html`, `${path}index.html`, `${path}/index.html`].find((name) => files.has(name));
  if (!file) return route.fulfill({ status: 404, body: 'there is no such file' });
  const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return route.fulfill({ body: readBuilt(file), contentType: type });
}
