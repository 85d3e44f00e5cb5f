import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs Debian packages and answers whether it could: only root on a system with apt can. */
export function installDebianPackages(...names: string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...names);
}

function aptGet(...args: string[]): boolean {
  console.log(`apt-get ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}
