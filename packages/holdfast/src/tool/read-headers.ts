import { readFile } from './read-file.ts';
import { UsageError } from './usage-error.ts';

/** The headers of `--header`: `Name: value`, or `@file` with one a line. Throws a UsageError, which shows no value. */
export function readHeaders(given: readonly string[]): Record<string, string> {
  const lines = given.flatMap((each) => (each.startsWith('@') ? linesOf(each.slice(1)) : [each]));
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new UsageError("--header: it takes 'Name: value'");
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    // RFC 9110 5.3: what comes in several lines is a list.
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

function linesOf(path: string): string[] {
  const lines = Buffer.from(readFile('--header', path)).toString().split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '');
}
