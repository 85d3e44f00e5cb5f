import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';

/** What each package may bring into an app, besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ['@holdfast/core'],
  web: ['@holdfast/core'],
  holdfast: ['@holdfast/core', '@holdfast/node', '@holdfast/web'],
  otel: ['@holdfast/core', '@opentelemetry/api'],
};

/** The packages bring nothing that is not ours, besides the API for which one of them is there. */
export const dependencies: Check = {
  name: 'dependencies',
  run: async (root) => {
    const faults = Object.entries(allowed).flatMap(([folder, names]) => strangersOf(root, folder, names));
    return faults.length > 0 ? faults.join('\n') : undefined;
  },
};

function strangersOf(root: string, folder: string, names: readonly string[]): string[] {
  const path = `packages/${folder}/package.json`;
  const manifest = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const wanted = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((field) =>
    Object.keys(manifest[field] ?? {}),
  );
  return wanted.filter((name) => !names.includes(name)).map((name) => `${path}: ${name} is not allowed there`);
}
