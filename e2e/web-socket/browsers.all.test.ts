import { expect, test } from 'vitest';
import { launchFirefox } from '../browser/firefox.ts';
import { launchWebkit } from '../browser/webkit.ts';
import { differencesInPage } from './in-page.ts';
import { browserDifferences, unknownOf } from './known-differences.ts';

test.each([
  ['Firefox', launchFirefox],
  ['WebKitGTK', launchWebkit],
] as const)('the rows say what %s does, but for what the guide names', async (name, launch) => {
  expect(unknownOf(await differencesInPage(launch), browserDifferences[name])).toEqual({});
});
