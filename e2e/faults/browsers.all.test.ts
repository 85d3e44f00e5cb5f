import { startFirefox, startWebkit } from './engines/browsers.ts';
import { blackHoleTests, deliveryTests } from './runs/black-hole-tests.ts';
import { busyThreadTests, deadLineTests } from './runs/dead-line-tests.ts';
import { describeEngine } from './runs/describe-engine.ts';
import { faultTests } from './runs/fault-tests.ts';

for (const [name, start] of [
  ['Firefox', startFirefox],
  ['WebKit', startWebkit],
] as const) {
  describeEngine(name, start, blackHoleTests, deliveryTests, faultTests, deadLineTests, busyThreadTests);
}
