import { spawnSync } from 'node:child_process';
import type { Presence } from './peer.ts';

/** What is missing, by what Debian calls the packages that have it. */
export function missing(what: string, ...packages: string[]): Presence {
  return { missing: `There is no ${what} on this machine; Debian has it in ${packages.join(' and ')}.` };
}

/** What a command says, both outputs together; `undefined` where it is not there or fails. */
export function outputOf(command: string, ...args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}`.trim() : undefined;
}
