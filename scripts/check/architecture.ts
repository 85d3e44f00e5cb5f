import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeArchitecture } from '../architecture/make.ts';
import type { Check } from './check.ts';

/** The page and the drawing of the architecture are as the code is, and so are the walks of the design. */
export const architecture: Check = {
  name: 'architecture',
  run: async (root) => {
    const { files, faults } = await makeArchitecture(root);
    const stale = [...files].filter(([path, text]) => readIfThere(join(root, path)) !== text).map(([path]) => path);
    const complaints = stale.map((path) => `${path} is not as the code is: \`npm run architecture\` writes it anew`);
    return [...faults, ...complaints].join('\n') || undefined;
  },
};

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
