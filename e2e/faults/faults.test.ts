import { startChromium } from './engines/browsers.ts';
import { startNode } from './engines/node.ts';
import { describeFaults } from './runs/describe-faults.ts';

describeFaults('Node', startNode);
describeFaults('Chromium', startChromium);
