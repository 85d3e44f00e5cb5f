import type { Browser, CDPSession, Page } from 'playwright-core';

/** What one visit of a page cost, with nothing in the cache. */
export interface Visit {
  /** All that came over the wire, heads included, until the page was quiet. */
  readonly bytes: number;
  /** Every file of it, the heaviest first. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** From the start of the navigation, in ms: something was painted, and the page answers to what one does. */
  readonly paintedMs: number;
  readonly interactiveMs: number;
}

/** Visits a page in a fresh context of a Chromium. */
export async function measurePage(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: noteInteractive });
    const files = await countFiles(await context.newCDPSession(page));
    await page.goto(url, { waitUntil: 'networkidle' });
    const times = await timesOf(page);
    const sorted = [...files.values()].sort((one, other) => other.bytes - one.bytes);
    return { ...times, bytes: sorted.reduce((sum, { bytes }) => sum + bytes, 0), files: sorted };
  } finally {
    await context.close();
  }
}

type Noted = typeof globalThis & { interactiveMs?: number };

/**
 * Runs in the page: looks at each frame whether the app holds the page, which is when its buttons answer. It is a text, as
 * what compiles this file leaves marks in functions that a page does not know.
 */
const noteInteractive = `{
  const look = () => {
    if ('__vue_app__' in (document.querySelector('#app') ?? {})) window.interactiveMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;

async function countFiles(
  session: CDPSession,
): Promise<Map<string, { readonly path: string; readonly bytes: number }>> {
  const files = new Map<string, { path: string; bytes: number }>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith('data:')) return;
    files.set(requestId, { path: new URL(request.url).pathname, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  await session.send('Network.enable');
  return files;
}

async function timesOf(page: Page): Promise<{ paintedMs: number; interactiveMs: number }> {
  await page.waitForFunction(() => (globalThis as Noted).interactiveMs !== undefined);
  return page.evaluate(() => ({
    paintedMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    interactiveMs: (globalThis as Noted).interactiveMs ?? Number.NaN,
  }));
}
