import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { launchFirefox } from '../../browser/firefox.ts';
import { servePage } from '../../run/page-server.ts';
import type { Engine, RemoteClient } from './engine.ts';
import type { FaultPage } from './page-entry.ts';

/** An engine of a browser, with the pages that it made. */
export interface BrowserEngine extends Engine {
  /** The page of the client that was started last. */
  readonly page: Page;
}

/** The browsers that there are. */
export const startChromium = () => startBrowser('Chromium', launchChromium);
export const startFirefox = () => startBrowser('Firefox', launchFirefox);

async function startBrowser(name: string, launch: () => Promise<Browser>): Promise<BrowserEngine> {
  const [server, browser] = await Promise.all([bundle().then(servePage), launch()]);
  let page: Page;
  return {
    name,
    get page() {
      return page;
    },
    start: async (client, url, options) => {
      page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction('globalThis.faultPage !== undefined');
      const arg = [client, url, { ...options, isWeb: true }] as const;
      await page.evaluate((args) => {
        (globalThis as unknown as { faultPage: FaultPage }).faultPage.start(...args);
      }, arg);
      return clientIn(page);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

function clientIn(page: Page): RemoteClient {
  type Scope = { faultPage: FaultPage };
  return {
    send: (numbers, length) =>
      page.evaluate(([what, size]) => (globalThis as unknown as Scope).faultPage.send(what, size), [
        numbers,
        length,
      ] as const),
    until: (milestone) => page.evaluate((what) => (globalThis as unknown as Scope).faultPage.until(what), milestone),
    close: async () => {
      await page.evaluate(() => (globalThis as unknown as Scope).faultPage.close());
      await page.close();
    },
  };
}

/** Without the workspace's `paths`, the packages are what was built, found as a user's tools find them. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page-entry.ts', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: {},
    logLevel: 'warning',
    write: false,
  });
  return outputFiles[0]!.text;
}
