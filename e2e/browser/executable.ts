import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of the commands that is in PATH, as an absolute path. */
export function findInPath(commands: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

/** Whether this path is a file that may be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser that an environment variable names; throws when it names nothing that runs. */
export function browserFromEnvironment(variable: string): string | undefined {
  const path = process.env[variable];
  if (!path) return undefined;
  if (!isExecutable(path)) throw new Error(`${variable} is ${JSON.stringify(path)}, which is no executable file`);
  return path;
}
