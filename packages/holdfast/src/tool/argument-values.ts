import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

const options = {
  header: { type: 'string', multiple: true, short: 'H' },
  protocol: { type: 'string', multiple: true, short: 'p' },
  origin: { type: 'string' },
  ca: { type: 'string', multiple: true },
  cert: { type: 'string' },
  key: { type: 'string' },
  servername: { type: 'string' },
  insecure: { type: 'boolean' },
  proxy: { type: 'string' },
  'unix-socket': { type: 'string' },
  redirects: { type: 'string' },
  'no-compression': { type: 'boolean' },
  'no-heartbeat': { type: 'boolean' },
  timeout: { type: 'string' },
  reconnect: { type: 'boolean' },
  message: { type: 'string', multiple: true, short: 'm' },
  binary: { type: 'boolean' },
  hex: { type: 'boolean' },
  whole: { type: 'boolean' },
  once: { type: 'boolean' },
  wait: { type: 'string' },
  frames: { type: 'boolean' },
  short: { type: 'boolean' },
  json: { type: 'boolean' },
  full: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  listen: { type: 'string', short: 'l' },
  host: { type: 'string' },
  echo: { type: 'boolean' },
  relay: { type: 'boolean' },
  checksum: { type: 'string' },
  as: { type: 'string' },
  id: { type: 'string' },
  existing: { type: 'string' },
  'max-bytes': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** What a command line has: the values of its options, by their names, and what else there is. */
type Arguments = ReturnType<
  typeof parseArgs<{ readonly args: string[]; readonly options: typeof options; readonly allowPositionals: true }>
>;

/** What was given, by the name of its option. */
export type Values = Arguments['values'];

/** Reads a command line. Throws a UsageError on options that there are not, or without their value. */
export function readArguments(argv: readonly string[]): Arguments {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Only the first sentence: what follows explains how a name of a file that begins with a dash is given.
    throw new UsageError((error as Error).message.split(/\.\s/)[0]);
  }
}

/** Throws a UsageError where one of these was given. */
export function refuse(values: Values, names: readonly (keyof Values)[], why: string): void {
  const name = names.find((each) => values[each] !== undefined);
  if (name !== undefined) throw new UsageError(`--${name} ${why}`);
}

/** What a timer takes: longer ones would be over at once. */
const maxSeconds = 2_147_483;

/** A time of an option, in ms. Throws a UsageError. */
export function parseSeconds(name: string, given: string, more = ''): number {
  const seconds = given.trim() === '' ? Number.NaN : Number(given);
  if (seconds >= 0 && seconds <= maxSeconds) return seconds * 1000;
  throw new UsageError(`--${name} ${JSON.stringify(given)}: it takes seconds${more}`);
}

/** The time of `--wait`, in ms. Throws a UsageError. */
export function parseWait(wait: string | undefined): number | undefined {
  if (wait === undefined) return undefined;
  return wait === 'forever' ? Number.POSITIVE_INFINITY : parseSeconds('wait', wait, ', or forever');
}

/** The number of `--redirects`. Throws a UsageError. */
export function parseRedirects(given: string): number {
  if (/^\d{1,3}$/.test(given)) return Number(given);
  throw new UsageError(`--redirects ${JSON.stringify(given)}: it takes a number, 0 to 999`);
}

/** The port of `--listen`. Throws a UsageError. */
export function parsePort(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given);
  throw new UsageError(`--listen ${JSON.stringify(given)}: it takes a port, 0 to 65535`);
}
