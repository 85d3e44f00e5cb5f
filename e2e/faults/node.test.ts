import { startNode } from './engines/node.ts';
import { blackHoleTests, peerTests } from './runs/black-hole-tests.ts';
import { deadLineTests } from './runs/dead-line-tests.ts';
import { describeEngine } from './runs/describe-engine.ts';
import { faultTests } from './runs/fault-tests.ts';

describeEngine('Node', startNode, blackHoleTests, peerTests, faultTests, deadLineTests);
