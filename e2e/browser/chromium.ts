import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installDebianPackages } from './apt.ts';
import { browserFromEnvironment, findInPath, isExecutable } from './executable.ts';

/** Its own business on the network is off, so that what a test sees is what our page did. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** The path of a Chromium, which is installed first on a machine that has none; rejects with what to do. */
export async function findChromium(): Promise<string> {
  const found = browserFromEnvironment('HOLDFAST_CHROMIUM') ?? installedChromium();
  if (found) return found;

  console.log('There is no Chromium on this machine: installing one.');
  if (!installDebianPackages('chromium')) downloadChromium();
  const installed = installedChromium();
  if (installed) return installed;

  throw new Error(
    'There is no Chromium, and it could not be installed. Install Chromium or Chrome with your package manager, ' +
      'or set HOLDFAST_CHROMIUM to the path of one.',
  );
}

/** A headless Chromium; whoever launches it closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), chromiumSandbox: false, args: quiet });
}

function installedChromium(): string | undefined {
  const inPath = findInPath(['chromium', 'google-chrome', 'chromium-browser']);
  if (inPath) return inPath;
  const downloaded = chromium.executablePath();
  return isExecutable(downloaded) ? downloaded : undefined;
}

function downloadChromium(): void {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
  spawnSync(process.execPath, [join(dirname(manifest), 'cli.js'), 'install', 'chromium'], { stdio: 'inherit' });
}
