import { describe, expect, test } from 'vitest';
import { parseExtensions } from '../handshake/extension-header.ts';
import { type DeflateParameters, formatParameters, parseParameters } from './parameters.ts';

function parse(text: string): DeflateParameters | string {
  const [extension] = parseExtensions([text]) ?? [];
  return extension ? parseParameters(extension) : 'no extension';
}

describe('RFC 7692 7.1: the parameters of an extension', () => {
  test.each([
    ['permessage-deflate', {}],
    ['permessage-deflate; server_no_context_takeover', { serverNoContextTakeover: true }],
    ['permessage-deflate; client_no_context_takeover', { clientNoContextTakeover: true }],
    ['permessage-deflate; client_max_window_bits', { clientMaxWindowBits: true }],
    ...[8, 9, 10, 11, 12, 13, 14, 15].flatMap((bits): [string, DeflateParameters][] => [
      [`permessage-deflate; client_max_window_bits=${bits}`, { clientMaxWindowBits: bits }],
      [`permessage-deflate; server_max_window_bits="${bits}"`, { serverMaxWindowBits: bits }],
    ]),
    [
      'permessage-deflate; client_max_window_bits; server_max_window_bits=10; client_no_context_takeover',
      { clientMaxWindowBits: true, serverMaxWindowBits: 10, clientNoContextTakeover: true },
    ],
  ] as [string, DeflateParameters][])('%s', (text, parameters) => {
    expect(parse(text)).toEqual(parameters);
  });

  test.each([
    ['an unknown one', 'x', 'unknown parameter x'],
    ['one of the object of all objects', 'constructor', 'unknown parameter constructor'],
    ['one in capitals', 'Server_no_context_takeover', 'unknown parameter Server_no_context_takeover'],
    ...['server_no_context_takeover', 'client_no_context_takeover', 'client_max_window_bits'].map((name) => [
      `${name} twice`,
      `${name}; ${name}`,
      `${name} twice`,
    ]),
    [
      'a window twice, of two sizes',
      'server_max_window_bits=9; server_max_window_bits=10',
      'server_max_window_bits twice',
    ],
    ['a value where there is none', 'server_no_context_takeover=1', 'server_no_context_takeover with the value "1"'],
    ['no value where there is one', 'server_max_window_bits', 'server_max_window_bits with the value of nothing'],
    ...['7', '16', '0', '08', '+9', '-9', '9.0', '1e1', '0x9', '10000000000000000000015', 'a'].flatMap((value) => [
      [
        `a server's window of ${value}`,
        `server_max_window_bits=${value}`,
        `server_max_window_bits with the value "${value}"`,
      ],
      [
        `a client's window of ${value}`,
        `client_max_window_bits=${value}`,
        `client_max_window_bits with the value "${value}"`,
      ],
    ]),
  ])('%s is refused', (_name, text, words) => {
    expect(parse(`permessage-deflate; ${text}`)).toBe(words);
  });

  test.each([
    [{}, 'permessage-deflate'],
    [{ serverNoContextTakeover: false, clientMaxWindowBits: true }, 'permessage-deflate; client_max_window_bits'],
    [
      { clientNoContextTakeover: true, serverNoContextTakeover: true, serverMaxWindowBits: 8, clientMaxWindowBits: 15 },
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8; client_max_window_bits=15',
    ],
  ] as [DeflateParameters, string][])('%j is written as it is read', (parameters, text) => {
    expect(formatParameters(parameters)).toBe(text);
  });
});
