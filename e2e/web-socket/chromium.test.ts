import { expect, test } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { differencesInPage } from './in-page.ts';
import { browserDifferences, unknownOf } from './known-differences.ts';

test('the rows say what Chromium does, but for what the guide names', async () => {
  expect(unknownOf(await differencesInPage(launchChromium), browserDifferences.Chromium)).toEqual({});
});
