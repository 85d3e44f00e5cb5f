import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Runtime } from './runtimes.ts';

const cache = fileURLToPath(new URL('../../.cache/runtimes/', import.meta.url));

/**
 * The path of a runtime's program. It comes from npm as a package of about 100 MB, and is kept outside of the workspace:
 * an install of the workspace stays small, and no script finds another `node` than the machine's.
 */
export async function findRuntime({ name, version, packageName, program }: Runtime): Promise<string> {
  if (name.startsWith('Node ') && version === process.versions.node) return process.execPath;
  const folder = `${cache}${packageName.replace('/', '-')}-${version}`;
  const path = `${folder}/node_modules/${packageName}/${program}`;
  if (!existsSync(path)) await install(`${packageName}@${version}`, folder);
  return path;
}

/** Beside its place first: an install that is cut short leaves nothing that looks whole. */
async function install(spec: string, folder: string): Promise<void> {
  const beside = `${folder}-next`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  const options = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--prefer-offline'];
  await promisify(execFile)('npm', ['install', '--prefix', beside, ...options, spec], { cwd: beside });
  await rm(folder, { recursive: true, force: true });
  await rename(beside, folder);
}
