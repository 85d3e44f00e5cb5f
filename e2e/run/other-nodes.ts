import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cache = fileURLToPath(new URL('../../.cache/nodes/', import.meta.url));

/** The other Nodes of the long suite: the newest of each line that is alive. */
export const otherNodes = ['22.23.3', '24.21.0', '26.10.0'] as const;

/**
 * The path of a Node of this version. It comes from npm as a package of about 100 MB, and is kept outside of the
 * workspace: an install of the workspace stays small, and no script finds another `node` than the machine's.
 */
export async function findNode(version: string): Promise<string> {
  const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = `${cache}${version}`;
  const node = `${folder}/node_modules/${packageName}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
  if (!existsSync(node)) await install(`${packageName}@${version}`, folder);
  return node;
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
