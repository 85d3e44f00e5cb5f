import { parseHex } from './hex.ts';
import { UsageError } from './usage-error.ts';

/** What a line of the prompt asks for. */
export type Entry =
  | { readonly name: 'say'; readonly text: string }
  | { readonly name: 'binary'; readonly bytes: Uint8Array }
  | { readonly name: 'ping' }
  | { readonly name: 'reconnect' }
  | { readonly name: 'help' }
  | { readonly name: 'close'; readonly code: number; readonly reason: string };

/** The page of `/help`. */
export const slashHelp = [
  '/ping                  one round trip, in ms',
  '/binary 00ff           sends bytes',
  '/close [code] [reason] closes: 1000, or 3000 to 4999; so does Ctrl+D',
  '/reconnect             drops the line and dials again',
  '/help                  this',
  '//text                 sends /text',
  'Arrow keys edit the line and bring back earlier ones; Ctrl+C closes too.',
] as const;

/** What a line of the prompt means: with one slash a command, else a message. Throws a UsageError on no such command. */
export function parseEntry(line: string): Entry {
  if (line.startsWith('//')) return { name: 'say', text: line.slice(1) };
  if (!line.startsWith('/')) return { name: 'say', text: line };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/su.exec(line) ?? [];
  switch (name) {
    case 'ping':
    case 'reconnect':
    case 'help':
      return { name };
    case 'binary':
      return { name, bytes: parseHex(rest) };
    case 'close':
    case 'quit':
      return parseClose(rest);
    default:
      throw new UsageError(`/${name} is no command; /help lists them, and //${name} sends /${name}`);
  }
}

function parseClose(rest: string): Entry {
  const [, code, reason = ''] = /^(\d+)?\s*(.*)$/su.exec(rest) ?? [];
  return { name: 'close', code: code === undefined ? 1000 : Number(code), reason };
}
