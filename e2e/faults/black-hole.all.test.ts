import { startFirefox } from './engines/browsers.ts';
import { describeBlackHole } from './runs/describe-black-hole.ts';

describeBlackHole('Firefox', startFirefox, [0, 3, 9]);
