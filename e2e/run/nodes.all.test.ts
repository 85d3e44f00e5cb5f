import { describeScenarios } from './describe-scenarios.ts';
import { inProcess } from './in-process.ts';
import { findNode, otherNodes } from './other-nodes.ts';

for (const version of otherNodes) {
  describeScenarios(
    { name: `node-${version.split('.')[0]}`, kind: 'node' },
    inProcess(() => findNode(version)),
  );
}
