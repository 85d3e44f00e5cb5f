import { parseWait, readArguments, refuse, type Values } from './argument-values.ts';
import type { Command, ConnectCommand, ListenCommand, Talk } from './command.ts';
import { ofFiles, parseReceive, parseSend } from './parse-files.ts';
import { parseDial, parseLook, parseStand } from './parse-line.ts';
import { UsageError } from './usage-error.ts';

/** What a command line asks for. Throws a UsageError, whose message shows no value that may be secret. */
export function parseArguments(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(argv);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [first, ...rest] = positionals;
  if (first === 'send') return parseSend(values, rest);
  if (first === 'receive') return parseReceive(values, rest);
  refuse(values, ofFiles, 'is for send and receive');
  if (values.listen !== undefined) return parseListen(values, positionals);
  if (first === 'decode') {
    return { name: 'decode', hex: rest.length > 0 ? rest.join(' ') : undefined, look: parseLook(values) };
  }
  if (first === undefined) throw new UsageError('no URL is given');
  if (rest.length > 0) throw new UsageError(`one URL is taken, and there are ${positionals.length} arguments`);
  return parseConnect(values, first);
}

function parseConnect(values: Values, url: string): ConnectCommand {
  return {
    name: 'connect',
    ...parseDial(values, url),
    comesBack: values.reconnect === true,
    talk: parseTalk(values),
    look: parseLook(values),
  };
}

function parseListen(values: Values, positionals: readonly string[]): ListenCommand {
  const stand = parseStand(values);
  if (positionals.length > 0) throw new UsageError('--listen takes no URL');
  if (values.echo && values.relay) throw new UsageError('--echo and --relay: one of the two');
  return {
    name: 'listen',
    ...stand,
    answer: values.echo ? 'echo' : values.relay ? 'relay' : 'none',
    talk: parseTalk(values),
    look: parseLook(values),
  };
}

function parseTalk(values: Values): Talk {
  if (values.binary && values.hex) throw new UsageError('--binary and --hex: one of the two');
  return {
    messages: values.message ?? [],
    form: values.hex ? 'hex' : values.binary ? 'binary' : 'text',
    isWhole: values.whole === true || values.binary === true,
    isOnce: values.once === true,
    waitMs: parseWait(values.wait) ?? (values.once ? Number.POSITIVE_INFINITY : 1000),
  };
}
