import type { Guard, Theme } from '../row.ts';

const decoder = 'packages/core/src/frame/frame-reader.ts';
const assembler = 'packages/core/src/message/message-assembler.ts';
const protocol = 'packages/core/src/protocol/protocol.ts';
const parameters = 'packages/node/src/deflate/parameters.ts';

const limitLeft = 'this.#maxMessageBytes - this.#bytes)';
const noLimit = (instead: string): Guard => ({ file: assembler, remove: limitLeft, instead });

/** Compression that grows without end, that nobody agreed to, or that loses its place. */
export const compression = {
  name: 'compression',
  title: 'Compression',
  rows: [
    {
      id: 'CVE-2026-1526',
      product: 'undici',
      side: 'client',
      flaw: 'A small compressed frame inflated to all the memory there was.',
      promise:
        'a bomb is refused with 1009 once it is over the limit, of which no more is ever there than that and 64 KiB',
      guard: {
        file: 'packages/node/src/deflate/decompressor.ts',
        remove: 'const output = new Pieces(maxBytes);',
        instead: 'const output = new Pieces(Number.POSITIVE_INFINITY);',
      },
    },
    {
      id: 'CVE-2026-2229',
      product: 'undici',
      side: 'client',
      flaw: 'A window size out of range in the response was handed to zlib, whose exception ended the process.',
      promise: 'a response with window bits out of 8 to 15 fails the dial with an error and nothing else',
      guard: {
        file: parameters,
        remove: 'return /^(?:[89]|1[0-5])$/.test(value) ? Number(value) : undefined;',
        instead: 'return Number(value);',
      },
    },
    {
      id: 'CVE-2026-59881',
      product: 'aiohttp',
      side: 'client',
      flaw: 'Compressed frames were inflated though no extension had been agreed on.',
      promise: 'RSV1 without an agreed extension is refused with 1002 by the first byte',
      guard: { file: decoder, remove: 'const mayHaveRsv1 = this.#allowRsv1 && ', instead: 'const mayHaveRsv1 = ' },
    },
    {
      id: 'CVE-2018-1000518',
      product: 'python websockets',
      side: 'both',
      flaw: 'Compressed messages were inflated without a limit.',
      promise: 'a bomb as text, as binary or in fragments is refused with 1009, and its app hears nothing',
      guard: noLimit('Number.POSITIVE_INFINITY)'),
    },
    {
      id: 'CVE-2026-54490',
      product: 'websocket-driver',
      side: 'both',
      flaw: 'The limit was held against the compressed length, not against the message.',
      promise: 'the limit is that of what comes out of all fragments together',
      guard: noLimit('this.#maxMessageBytes)'),
    },
    {
      id: 'CVE-2026-39804',
      product: 'Bandit',
      side: 'server',
      flaw: 'Where compression was on, one compressed frame inflated to gigabytes.',
      promise:
        'a server that compresses inflates a bomb no further than to its limit and 64 KiB, also without a window',
      guard: {
        file: 'packages/node/src/deflate/pieces.ts',
        remove: 'return !this.isOver;',
        instead: 'return true;',
      },
    },
    {
      id: 'undici RSV1 on PING and continuation',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'RSV1 was accepted on a ping and on fragments after the first.',
      promise:
        'RSV1 is refused with 1002 on control frames and later fragments, whether compression was agreed on or not',
      guard: {
        file: decoder,
        remove: 'this.#allowRsv1 && (opcode === Opcode.Text || opcode === Opcode.Binary);',
        instead: 'this.#allowRsv1;',
      },
    },
    {
      id: 'undici duplicate deflate parameters',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'A response that named a parameter of the extension twice was accepted.',
      promise: 'a response that names a parameter twice fails the dial',
      guard: {
        file: parameters,
        remove: 'if (Object.hasOwn(found, key)) return',
        instead: 'if (Object.hasOwn(found, key) && name === "") return',
      },
    },
    {
      id: 'aiohttp#12988',
      product: 'aiohttp',
      side: 'both',
      flaw: 'A ping between the fragments of a compressed message lost the state of that message.',
      promise: 'pings between fragments, compressed or not, leave the message whole, also in the middle of a character',
      guard: {
        file: protocol,
        remove: 'this.#pendingPongs.push(payload);',
        instead: `this.#pendingPongs.push(payload);
        this.#assembler = new MessageAssembler(this.#codec ? { codec: this.#codec } : {});`,
      },
    },
    {
      id: 'aiohttp#13274',
      product: 'aiohttp',
      side: 'both',
      flaw: 'After a pong as the first frame, compressed messages were refused.',
      promise:
        'a pong first, and pongs between fragments, change nothing for the messages after them, compressed or not',
      guard: {
        file: protocol,
        remove: "return { type: 'pong', payload };",
        instead: `this.#assembler = new MessageAssembler();
        return { type: 'pong', payload };`,
      },
    },
  ],
} as const satisfies Theme;
