import { launchChromium } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { launchWebkit } from '../browser/webkit.ts';
import { describeStores } from './describe-stores.ts';

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
  ['WebKit', launchWebkit],
] as const) {
  describeStores(name, launch, { count: 100_000, reloads: 20, drops: 20 });
}
