import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { BenchResult } from './result.ts';

const compared = ['ws', 'bufferutil', 'utf-8-validate', 'undici'];

/** Where and when a run of the bench was, and who was compared. */
export function machine(): Pick<BenchResult, 'date' | 'node' | 'cpu' | 'cores' | 'versions'> {
  const require = createRequire(import.meta.url);
  const versions = compared.map((name) => [name, (require(`${name}/package.json`) as { version: string }).version]);
  return {
    date: new Date().toISOString(),
    node: process.versions.node,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    versions: Object.fromEntries(versions),
  };
}
