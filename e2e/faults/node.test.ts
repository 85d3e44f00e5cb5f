import { startNode } from './engines/node.ts';
import { startNodeProcess } from './engines/node-process.ts';
import { blackHoleTests, deliveryTests, peerTests } from './runs/black-hole-tests.ts';
import { busyThreadTests, deadLineTests } from './runs/dead-line-tests.ts';
import { describeEngine } from './runs/describe-engine.ts';
import { faultTests } from './runs/fault-tests.ts';

describeEngine('Node', startNode, blackHoleTests, deliveryTests, peerTests, faultTests, deadLineTests);
describeEngine('Node in a process of its own', startNodeProcess, busyThreadTests);
