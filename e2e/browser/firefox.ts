import { type Browser, firefox } from 'playwright-core';
import { installDebianPackages } from './apt.ts';
import { browserFromEnvironment, findInPath } from './executable.ts';

/** The path of a Firefox, which is installed first on a Debian that has none; rejects with what to do. */
export async function findFirefox(): Promise<string> {
  const found = browserFromEnvironment('HOLDFAST_FIREFOX') ?? installedFirefox();
  if (found) return found;

  console.log('There is no Firefox on this machine: installing one.');
  installDebianPackages('firefox-esr');
  const installed = installedFirefox();
  if (installed) return installed;

  throw new Error(
    'There is no Firefox, and it could not be installed. Install Firefox with your package manager, ' +
      'or set HOLDFAST_FIREFOX to the path of one.',
  );
}

/** A headless Firefox as its makers ship it, driven over WebDriver BiDi; whoever launches it closes it. */
export async function launchFirefox(): Promise<Browser> {
  return firefox.launch({ executablePath: await findFirefox(), channel: 'moz-firefox' });
}

function installedFirefox(): string | undefined {
  return findInPath(['firefox-esr', 'firefox']);
}
