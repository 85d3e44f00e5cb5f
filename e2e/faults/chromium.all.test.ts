import { startChromium } from './engines/browsers.ts';
import { blackHoleTests, deliveryTests, peerTests } from './runs/black-hole-tests.ts';
import { busyThreadTests, deadLineTests } from './runs/dead-line-tests.ts';
import { describeEngine } from './runs/describe-engine.ts';
import { faultTests } from './runs/fault-tests.ts';

describeEngine(
  'Chromium',
  startChromium,
  blackHoleTests,
  deliveryTests,
  peerTests,
  faultTests,
  deadLineTests,
  busyThreadTests,
);
