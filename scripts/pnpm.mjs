// Runs pnpm, in the version that package.json names, on a machine that has only Node and npm.
// Inside pnpm already (a script that calls another): that pnpm is used as it is.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const isInsidePnpm = process.env.npm_config_user_agent?.startsWith('pnpm/');
const args = process.argv.slice(2);
const [command, ...rest] = isInsidePnpm ? ['pnpm', ...args] : ['npx', '--yes', packageManager, ...args];

const child = spawn(command, rest, { stdio: 'inherit', shell: process.platform === 'win32' });
child.on('error', (error) => {
  console.error(`could not run ${command}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
// Who ends this process means what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
