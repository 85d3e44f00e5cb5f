import { parseWait, refuse, type Values } from './argument-values.ts';
import type { Dial, ReceiveCommand, SendCommand, Stand } from './command.ts';
import { parseDial, parseLook, parseStand } from './parse-line.ts';
import { UsageError } from './usage-error.ts';

const ofTalk = ['message', 'binary', 'hex', 'whole', 'frames', 'echo', 'relay', 'reconnect'] as const;
const onlyOfSend = ['checksum', 'as', 'id'] as const;
const onlyOfReceive = ['existing', 'max-bytes'] as const;

/** The option names that only these two commands know. */
export const ofFiles = [...onlyOfSend, ...onlyOfReceive] as const;

/** `send FILE… URL`, or `send FILE… --listen PORT`. Throws a UsageError. */
export function parseSend(values: Values, given: readonly string[]): SendCommand {
  refuse(values, onlyOfReceive, 'is for receive');
  const { paths, ...shared } = parseShared('send', values, given);
  const { checksum = 'sha-256', as, id } = values;
  if (paths.length === 0) throw new UsageError('send: no file is given');
  if (checksum !== 'sha-256' && checksum !== 'md5') throw new UsageError('--checksum: sha-256 or md5');
  if (paths.length > 1 && (as ?? id) !== undefined) throw new UsageError('--as and --id are for one file');
  if (id !== undefined && !/^[\w-]{16,64}$/.test(id)) throw new UsageError('--id: 16 to 64 of A-Z a-z 0-9 _ -');
  return { name: 'send', paths, checksum, as, id, ...shared };
}

/** `receive FOLDER URL`, or `receive FOLDER --listen PORT`. Throws a UsageError. */
export function parseReceive(values: Values, given: readonly string[]): ReceiveCommand {
  refuse(values, onlyOfSend, 'is for send');
  const { paths, ...shared } = parseShared('receive', values, given);
  const [folder] = paths;
  const { existing = 'rename' } = values;
  if (folder === undefined || paths.length > 1) throw new UsageError('receive: one folder is taken');
  if (existing !== 'refuse' && existing !== 'rename' && existing !== 'overwrite') {
    throw new UsageError('--existing: refuse, rename or overwrite');
  }
  return { name: 'receive', folder, existing, maxBytes: parseBytes(values['max-bytes']), ...shared };
}

type Shared = Pick<SendCommand, 'line' | 'waitMs' | 'isOnce' | 'look'> & { readonly paths: readonly string[] };

function parseShared(name: string, values: Values, given: readonly string[]): Shared {
  refuse(values, ofTalk, `is not for ${name}`);
  const [paths, line] = parseLine(name, values, given);
  return { paths, line, waitMs: parseWait(values.wait), isOnce: values.once === true, look: parseLook(values) };
}

function parseLine(name: string, values: Values, given: readonly string[]): [readonly string[], Dial | Stand] {
  if (values.listen !== undefined) return [given, parseStand(values)];
  const url = given.at(-1);
  if (url === undefined) throw new UsageError(`${name}: no URL is given, and no --listen`);
  return [given.slice(0, -1), parseDial(values, url)];
}

function parseBytes(given: string | undefined): number {
  if (given === undefined) return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new UsageError(`--max-bytes ${JSON.stringify(given)}: it takes a count of bytes`);
}
