import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';

/** The engines that every page is looked at in. */
export const engines: readonly { readonly engine: string; readonly launch: () => Promise<Browser> }[] = [
  { engine: 'Chromium', launch: launchChromium },
  { engine: 'Firefox', launch: launchFirefox },
];

/** The two colour schemes that every page has. */
export const schemes = ['light', 'dark'] as const;

/** The windows that every page is looked at in: a laptop's, and a phone's. */
export const windows = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 390, height: 844 },
} as const;
