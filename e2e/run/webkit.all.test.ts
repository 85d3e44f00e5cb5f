import { launchWebkit } from '../browser/webkit.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { inPage } from './in-page.ts';

// It keeps no silent line: five seconds after such a one was closed, it lets go of the socket.
// Its close codes are those of RFC 6455 alone, without the ones that were registered later.
describeScenarios({ name: 'webkit', kind: 'web', refusesCodes: [1012, 1013] }, inPage(launchWebkit));
