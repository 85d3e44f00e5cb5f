import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

/** The rules of `.oxlintrc.json`, with types; a warning counts as an error. */
export const lint: Check = toolCheck('lint', 'oxlint', '--type-aware', '--deny-warnings', '.');
