import { installDebianPackages } from './apt.ts';
import { browserFromEnvironment, findInPath } from './executable.ts';

/** The path of a WebKitWebDriver, which is installed first on a Debian that has none; rejects with what to do. */
export async function findWebkit(): Promise<string> {
  const found = installedWebkit();
  if (found) return found;

  console.log('There is no WebKit on this machine, or no display for it: installing them.');
  installDebianPackages('webkit2gtk-driver', 'xvfb');
  const installed = installedWebkit();
  if (installed) return installed;

  throw new Error(
    'There is no WebKit with a display, and they could not be installed. Install WebKitGTK with its WebKitWebDriver, ' +
      'and Xvfb, with the package manager of your Linux (Debian: webkit2gtk-driver and xvfb), ' +
      'or set HOLDFAST_WEBKIT to the path of a WebKitWebDriver.',
  );
}

function installedWebkit(): string | undefined {
  const driver = browserFromEnvironment('HOLDFAST_WEBKIT') ?? findInPath(['WebKitWebDriver']);
  return findInPath(['Xvfb']) && driver;
}
