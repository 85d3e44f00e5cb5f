import { startFirefox } from './engines/browsers.ts';
import { describeFaults } from './runs/describe-faults.ts';

describeFaults('Firefox', startFirefox);
