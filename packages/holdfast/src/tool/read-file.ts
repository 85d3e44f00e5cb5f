import { readFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** The bytes of a file that an option names. Throws a UsageError with the system's own code. */
export function readFile(option: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${option} ${JSON.stringify(path)}: ${(error as NodeJS.ErrnoException).code}`);
  }
}
