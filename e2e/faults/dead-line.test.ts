import { startChromium } from './engines/browsers.ts';
import { startNode } from './engines/node.ts';
import { describeBusyThread, describeDeadLine } from './runs/describe-dead-line.ts';

describeDeadLine('Node', startNode);
describeDeadLine('Chromium', startChromium);
describeBusyThread('Chromium', startChromium);
