import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

/** Every file looks as biome writes it; `npm run format` makes it so. */
export const format: Check = toolCheck('format', 'biome', 'format', '--no-errors-on-unmatched', '.');
