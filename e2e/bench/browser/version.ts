import { execFileSync } from 'node:child_process';
import { findChromium } from '../../browser/chromium.ts';

/** The version of the Chromium that is measured. */
export async function chromiumVersion(): Promise<string> {
  const said = execFileSync(await findChromium(), ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return /\d+(\.\d+)+/.exec(said)?.[0] ?? said.trim();
}
