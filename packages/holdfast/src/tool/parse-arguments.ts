import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Command, ConnectCommand, ListenCommand, Look, Talk } from './command.ts';
import { completeUrl } from './show-url.ts';
import { UsageError } from './usage-error.ts';

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

const options = {
  header: { ...texts, short: 'H' },
  protocol: { ...texts, short: 'p' },
  origin: text,
  ca: texts,
  cert: text,
  key: text,
  servername: text,
  insecure: flag,
  'no-compression': flag,
  'no-heartbeat': flag,
  timeout: text,
  reconnect: flag,
  message: { ...texts, short: 'm' },
  binary: flag,
  hex: flag,
  whole: flag,
  once: flag,
  wait: text,
  frames: flag,
  short: flag,
  json: flag,
  full: flag,
  'no-color': flag,
  listen: { ...text, short: 'l' },
  host: text,
  echo: flag,
  relay: flag,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'V' },
} satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parse>['values'];

/** The option names that only one of the two ends knows. */
const onlyOfConnect = ['header', 'ca', 'servername', 'insecure', 'no-heartbeat', 'timeout', 'reconnect'] as const;
const onlyOfListen = ['host', 'echo', 'relay'] as const;

/** What a command line asks for. Throws a UsageError, whose message shows no value that may be secret. */
export function parseArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [first, ...rest] = positionals;
  if (values.listen !== undefined) return parseListen(values, positionals);
  if (first === 'decode')
    return { name: 'decode', hex: rest.length > 0 ? rest.join(' ') : undefined, look: look(values) };
  if (first === undefined) throw new UsageError('no URL is given');
  if (rest.length > 0) throw new UsageError(`one URL is taken, and there are ${positionals.length} arguments`);
  return parseConnect(values, first);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Only the first sentence: what follows explains how a name of a file that begins with a dash is given.
    throw new UsageError((error as Error).message.split(/\.\s/)[0]);
  }
}

function parseConnect(values: Values, given: string): ConnectCommand {
  refuse(values, onlyOfListen, 'is for --listen');
  const url = completeUrl(given);
  // It may have a password in it: it is not shown.
  if (url === undefined) throw new UsageError('the URL is none of ws:, wss:, http: or https:, or has a #');
  return {
    name: 'connect',
    url,
    headers: values.header ?? [],
    protocols: values.protocol ?? [],
    origin: values.origin,
    tls: {
      ca: values.ca ?? [],
      cert: values.cert,
      key: values.key,
      servername: values.servername,
      isInsecure: values.insecure === true,
    },
    isCompressed: !values['no-compression'],
    hasHeartbeat: !values['no-heartbeat'],
    connectTimeoutMs: parseSeconds('timeout', values.timeout ?? '15'),
    comesBack: values.reconnect === true,
    talk: talk(values),
    look: look(values),
  };
}

function parseListen(values: Values, positionals: readonly string[]): ListenCommand {
  refuse(values, onlyOfConnect, 'is not for --listen');
  if (positionals.length > 0) throw new UsageError('--listen takes no URL');
  if (values.echo && values.relay) throw new UsageError('--echo and --relay: one of the two');
  return {
    name: 'listen',
    port: parsePort(values.listen as string),
    host: values.host ?? '127.0.0.1',
    answer: values.echo ? 'echo' : values.relay ? 'relay' : 'none',
    protocols: values.protocol ?? [],
    origin: values.origin,
    tls: { cert: values.cert, key: values.key },
    isCompressed: !values['no-compression'],
    talk: talk(values),
    look: look(values),
  };
}

function refuse(values: Values, names: readonly (keyof Values)[], why: string): void {
  const name = names.find((each) => values[each] !== undefined);
  if (name !== undefined) throw new UsageError(`--${name} ${why}`);
}

function talk(values: Values): Talk {
  if (values.binary && values.hex) throw new UsageError('--binary and --hex: one of the two');
  return {
    messages: values.message ?? [],
    form: values.hex ? 'hex' : values.binary ? 'binary' : 'text',
    isWhole: values.whole === true || values.binary === true,
    isOnce: values.once === true,
    waitMs: parseWait(values),
  };
}

function parseWait({ wait, once }: Values): number {
  if (wait === undefined) return once ? Number.POSITIVE_INFINITY : 1000;
  return wait === 'forever' ? Number.POSITIVE_INFINITY : parseSeconds('wait', wait, ', or forever');
}

function look(values: Values): Look {
  return {
    isJson: values.json === true,
    isFull: values.full === true,
    isColourOff: values['no-color'] === true,
    frames: values.frames ? (values.short ? 'lines' : 'bits') : 'none',
  };
}

/** What a timer takes: longer ones would be over at once. */
const maxSeconds = 2_147_483;

function parseSeconds(name: string, given: string, more = ''): number {
  const seconds = given.trim() === '' ? Number.NaN : Number(given);
  if (seconds >= 0 && seconds <= maxSeconds) return seconds * 1000;
  throw new UsageError(`--${name} ${JSON.stringify(given)}: it takes seconds${more}`);
}

function parsePort(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) < 65_536) return Number(given);
  throw new UsageError(`--listen ${JSON.stringify(given)}: it takes a port, 0 to 65535`);
}
