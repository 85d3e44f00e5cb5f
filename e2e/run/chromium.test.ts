import { launchChromium } from '../browser/chromium.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { inPage } from './in-page.ts';

describeScenarios({ name: 'chromium', kind: 'web', keeps: ['stalled'] }, inPage(launchChromium));
