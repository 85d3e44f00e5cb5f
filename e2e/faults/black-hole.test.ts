import { range } from './bench.ts';
import { startChromium } from './engines/browsers.ts';
import { startNode } from './engines/node.ts';
import { describeBlackHole } from './runs/describe-black-hole.ts';

describeBlackHole('Node', startNode, range(0, 9));
describeBlackHole('Chromium', startChromium, [0, 3, 9]);
