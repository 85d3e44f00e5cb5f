import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeConsumer } from '../consumers/consumer.ts';
import { bundleForProject } from '../run/bundle.ts';

/** A project that has our packages from tarballs and nothing else, and a file in it that runs the checks. */
export interface CheckProject {
  readonly script: string;
  readonly folder: string;
  remove(): Promise<void>;
}

/** Packs, installs and bundles. */
export async function makeCheckProject(): Promise<CheckProject> {
  const { folder, remove } = await makeConsumer('runtimes');
  const script = join(folder, 'checks.mjs');
  try {
    await bundleForProject(fileURLToPath(new URL('./checks-entry.ts', import.meta.url)), script);
  } catch (error) {
    await remove();
    throw error;
  }
  return { script, folder, remove };
}
