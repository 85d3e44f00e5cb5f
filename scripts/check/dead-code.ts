import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

/** No file, export or dependency that nobody uses, as `knip.json` defines use. */
export const deadCode: Check = toolCheck('dead code', 'knip', '--no-progress', '--treat-config-hints-as-errors');
