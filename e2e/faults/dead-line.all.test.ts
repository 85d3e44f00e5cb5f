import { startFirefox } from './engines/browsers.ts';
import { describeBusyThread, describeDeadLine } from './runs/describe-dead-line.ts';

describeDeadLine('Firefox', startFirefox);
describeBusyThread('Firefox', startFirefox);
