// Runs pnpm, in the version that package.json names, on a machine that has only Node and npm.
// Inside pnpm already (a script that calls another): that pnpm is used as it is.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const isInsidePnpm = process.env.npm_config_user_agent?.startsWith('pnpm/');
const args = process.argv.slice(2);
const [command, ...rest] = isInsidePnpm ? ['pnpm', ...args] : ['npx', '--yes', packageManager, ...args];

const { status, signal, error } = spawnSync(command, rest, { stdio: 'inherit', shell: process.platform === 'win32' });
if (error) console.error(`could not run ${command}: ${error.message}`);
process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
