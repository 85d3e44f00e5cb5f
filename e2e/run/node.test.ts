import { fileURLToPath } from 'node:url';
import { bundleForProcess } from './bundle.ts';
import { describeScenarios } from './describe-scenarios.ts';
import { inProcess } from './in-process.ts';

const entry = fileURLToPath(new URL('./process-entry.ts', import.meta.url));
const name = `node-${process.versions.node.split('.')[0]}`;
describeScenarios(
  { name, kind: 'node' },
  inProcess(async () => ({ command: process.execPath, args: [await bundleForProcess(entry, 'scenarios.mjs')] })),
);
