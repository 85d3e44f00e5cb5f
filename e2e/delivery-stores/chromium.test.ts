import { launchChromium } from '../browser/chromium.ts';
import { describeStores } from './describe-stores.ts';

describeStores('Chromium', launchChromium, { count: 3_000, reloads: 3, drops: 2 });
