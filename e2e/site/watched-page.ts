import type { BrowserContext, Page } from 'playwright-core';

/** A page of the site, and what it did that no page of ours may do. */
export interface WatchedPage {
  readonly page: Page;
  /** What went wrong since the last call: errors of the console, requests that failed or went to another host. */
  takeFaults(): string[];
}

/** Opens an empty page of which nothing escapes notice. */
export async function openWatched(context: BrowserContext, base: string): Promise<WatchedPage> {
  const page = await context.newPage();
  let faults: string[] = [];
  const { hostname } = new URL(base);
  page.on('pageerror', (error) => faults.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    // The demo server listens on another port of the same host.
    if (url.hostname !== hostname && /^(https?|wss?):$/.test(url.protocol)) faults.push(`asked ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left gives up what it prefetched.
    const reason = request.failure()?.errorText ?? '';
    if (!/ABORTED/i.test(reason)) faults.push(`failed: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return {
    page,
    takeFaults() {
      const taken = faults;
      faults = [];
      return taken;
    },
  };
}

/** Goes to an address, and resolves when the page's code has taken over what the server sent. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
}
