import { describeScenarios } from './describe-scenarios.ts';
import { inProcess } from './in-process.ts';
import { findNode, otherNodes } from './other-nodes.ts';

for (const version of otherNodes) {
  const name = `node-${version.split('.')[0]}`;
  describeScenarios(name, async (controlUrl, indexes) => inProcess(name, await findNode(version))(controlUrl, indexes));
}
