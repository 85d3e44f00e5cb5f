import { launchWebkit } from '../browser/webkit.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { inPage } from './in-page.ts';

// It keeps no silent line: five seconds after such a one was closed, it lets go of the socket.
describeScenarios({ name: 'webkit', kind: 'web' }, inPage(launchWebkit));
