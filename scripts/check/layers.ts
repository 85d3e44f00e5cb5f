import { packageFolders } from '../house.ts';
import type { Check } from './check.ts';
import { toolCheck } from './tool-check.ts';

const sources = packageFolders.map((folder) => `packages/${folder}/src`);

/** Nobody imports across or up: the rules of `.dependency-cruiser.cjs`. */
export const layers: Check = toolCheck('layers', 'depcruise', '--config', '.dependency-cruiser.cjs', ...sources);
