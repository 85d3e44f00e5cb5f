import { launchFirefox } from '../browser/firefox.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { inPage } from './in-page.ts';

describeScenarios({ name: 'firefox', kind: 'web', keeps: ['stalled', 'mute'] }, inPage(launchFirefox));
