import { chromium } from 'playwright-core';
import { findChromium } from '../../browser/chromium.ts';
import type { EnginePage } from '../../browser/engine.ts';
import { openUndrivenPage } from '../../browser/undriven-page.ts';

/** A page of Chromium that can be frozen as the browser freezes a tab in the background. */
export interface FreezablePage extends EnginePage {
  /** Nothing of the page runs any more, and it is hidden from now on. */
  freeze(): Promise<unknown>;
  unfreeze(): Promise<unknown>;
}

/** Newer Chromiums end the lines of a page themselves, when it wakes; without this they leave them to the page. */
const endsLines = 'DisconnectWebSocketOnBFCache';

/**
 * A Chromium whose pages are made past the driver: the browser never freezes one of the driver's own, which it takes to
 * have the focus. It leaves the lines of a frozen page alone, or does what it does for users.
 */
export async function launchFreezableChromium(lines: 'left alone' | 'as for users') {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    chromiumSandbox: false,
    args: lines === 'left alone' ? [`--disable-blink-features=${endsLines}`] : [],
  });
  const newPage = async (): Promise<FreezablePage> => {
    const page = await openUndrivenPage(browser);
    return {
      ...page,
      freeze: () => page.command('Page.setWebLifecycleState', { state: 'frozen' }),
      unfreeze: () => page.command('Page.setWebLifecycleState', { state: 'active' }),
    };
  };
  return { newPage, close: () => browser.close() };
}
