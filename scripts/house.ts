import { fileURLToPath } from 'node:url';

/** The root folder of the workspace that these scripts belong to. */
export const house = fileURLToPath(new URL('..', import.meta.url));

/** The packages that users install, as folders under `packages/`. */
export const packageFolders = ['core', 'node', 'web', 'holdfast', 'otel'] as const;
