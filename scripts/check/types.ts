import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

/** The sources of core with nothing of a host in scope: the compiler's part of the purity rule. */
export const coreTypes: Check = toolCheck('types: core', 'tsc', '-p', 'packages/core');

/** Every other TypeScript project: the `.test-d.ts` files among them are tests of types. */
export const types: readonly Check[] = [
  coreTypes,
  toolCheck('types: core tests', 'tsc', '-p', 'packages/core/tsconfig.test.json'),
  toolCheck('types: node', 'tsc', '-p', 'packages/node'),
  toolCheck('types: web', 'tsc', '-p', 'packages/web'),
  toolCheck('types: holdfast', 'tsc', '-p', 'packages/holdfast'),
  toolCheck('types: otel', 'tsc', '-p', 'packages/otel'),
  toolCheck('types: scripts', 'tsc', '-p', 'tsconfig.json'),
  toolCheck('types: e2e', 'tsc', '-p', 'e2e'),
  toolCheck('types: docs', 'docs/node_modules/.bin/vue-tsc', '--noEmit', '-p', 'docs'),
];
