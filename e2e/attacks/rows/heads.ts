import type { Theme } from '../row.ts';

const httpHead = 'packages/node/src/handshake/http-head.ts';

/** Heads that are costly to read. */
export const heads = {
  name: 'heads',
  title: 'Heads of HTTP',
  rows: [
    {
      id: 'CVE-2021-32640',
      product: 'ws',
      side: 'server',
      flaw: 'Splitting the header of sub-protocols took time with the square of its spaces.',
      promise: 'a megabyte of spaces in the header of sub-protocols is read at once',
      guard: {
        file: httpHead,
        remove: 'while (end > start && isWhitespace(text[end - 1])) end--;',
        instead: 'end -= /[\\t ]*$/.exec(text)?.[0].length ?? 0;',
      },
    },
    {
      id: 'CVE-2020-7662',
      product: 'websocket-extensions',
      side: 'both',
      flaw: 'An unclosed quote full of backslashes in the header of extensions kept a pattern busy for good.',
      promise: 'a megabyte of escaped quotes in the header of extensions is read at once',
      guard: {
        file: 'packages/node/src/handshake/extension-header.ts',
        remove: '(?:"|\\\\?$)|',
        instead: '"|',
      },
    },
    {
      id: 'CVE-2023-43669',
      product: 'tungstenite',
      side: 'both',
      flaw: 'The head was parsed anew for each piece that arrived, without a limit on its size.',
      promise: 'a head that arrives byte by byte is copied and searched a few times in all, and has a limit',
      guard: {
        file: httpHead,
        remove: 'const grown = new Uint8Array(2 * end);',
        instead: 'const grown = new Uint8Array(end);',
      },
    },
    {
      id: 'CVE-2024-37890',
      product: 'ws',
      side: 'server',
      flaw: 'With more headers than the HTTP server keeps, the one that was expected was missing, and the process ended.',
      promise:
        'a request with too many headers gets 431, a request whose Upgrade was cut off is refused, and others are served',
      guard: {
        file: httpHead,
        remove: 'if (this.#lineCount++ > this.#limits.maxHeaders) {',
        instead: 'if (this.#lineCount++ > 2 ** 20) {',
      },
    },
    {
      id: 'undici Connection: keep-alive, Upgrade',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'A response with `Connection: keep-alive, Upgrade` was refused, and the error said nothing.',
      promise: 'Upgrade may stand in a list, in any case and line, and where it is missing the error says so',
      guard: {
        file: 'packages/node/src/handshake/client-handshake.ts',
        remove: "if (!listItems(connection).some((item) => item.toLowerCase() === 'upgrade')) {",
        instead: "if (connection[0]?.toLowerCase() !== 'upgrade') {",
      },
    },
  ],
} as const satisfies Theme;
