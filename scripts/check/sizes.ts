import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

/** What an app pays for an import, minified and gzipped, under the limits of `.size-limit.cjs`; reads `dist`. */
export const sizes: Check = toolCheck('sizes', 'size-limit');
