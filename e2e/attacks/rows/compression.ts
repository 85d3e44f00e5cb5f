import type { Guard, Theme } from '../row.ts';

const decoder = 'packages/core/src/frame/frame-decoder.ts';
const protocol = 'packages/core/src/protocol/protocol.ts';
const client = 'packages/node/src/handshake/client-handshake.ts';

const reservedBits: Guard = {
  file: decoder,
  remove: 'if (byte & 0x70) throw',
  instead: 'if (byte & 0x30) throw',
};
const noExtension: Guard = {
  file: client,
  remove: 'if (extensions.length > 0) {',
  instead: "if (!extensions.every((extension) => extension.startsWith('permessage-deflate'))) {",
};
const bomb = { issue: 'compression, issue 5', what: 'the limit while inflating' };

/** Compression that nobody agreed to. */
export const compression = {
  name: 'compression',
  title: 'Compression',
  rows: [
    {
      id: 'CVE-2026-1526',
      product: 'undici',
      side: 'client',
      flaw: 'A small compressed frame inflated to all the memory there was.',
      promise: 'a client offers no extension, and refuses a server that takes one up',
      guard: noExtension,
      waits: bomb,
    },
    {
      id: 'CVE-2026-2229',
      product: 'undici',
      side: 'client',
      flaw: 'A window size out of range in the response was handed to zlib, whose exception ended the process.',
      promise: 'a response with window bits, in range or out of it, fails the dial with an error and nothing else',
      guard: noExtension,
      waits: { issue: 'compression, issue 5', what: 'the range, where compression was offered' },
    },
    {
      id: 'CVE-2026-59881',
      product: 'aiohttp',
      side: 'client',
      flaw: 'Compressed frames were inflated though no extension had been agreed on.',
      promise: 'RSV1 without an agreed extension is refused with 1002 by the first byte',
      guard: reservedBits,
    },
    {
      id: 'CVE-2018-1000518',
      product: 'python websockets',
      side: 'both',
      flaw: 'Compressed messages were inflated without a limit.',
      promise: 'a bomb as text or as binary is refused with 1002, and its app hears nothing',
      guard: reservedBits,
      waits: bomb,
    },
    {
      id: 'CVE-2026-54490',
      product: 'websocket-driver',
      side: 'both',
      flaw: 'The limit was held against the compressed length, not against the message.',
      promise: 'compressed fragments of a message that began plain are refused with 1002',
      guard: reservedBits,
      waits: bomb,
    },
    {
      id: 'CVE-2026-39804',
      product: 'Bandit',
      side: 'server',
      flaw: 'Where compression was on, one compressed frame inflated to gigabytes.',
      promise: 'a server agrees to no extension that is offered to it, and refuses a bomb with 1002',
      guard: {
        file: 'packages/node/src/handshake/server-handshake.ts',
        remove: '\\r\\n${chosen}\\r\\n`;',
        instead: '\\r\\n${chosen}Sec-WebSocket-Extensions: permessage-deflate\\r\\n\\r\\n`;',
      },
      waits: bomb,
    },
    {
      id: 'undici RSV1 on PING and continuation',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'RSV1 was accepted on a ping and on fragments after the first.',
      promise: 'RSV1 is refused with 1002 on every frame: control, first and following',
      guard: {
        file: decoder,
        remove: 'if (byte & 0x70) throw',
        instead: 'if (byte & 0x30 || (byte & 0x40 && (opcode === 1 || opcode === 2))) throw',
      },
    },
    {
      id: 'undici duplicate deflate parameters',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'A response that named a parameter of the extension twice was accepted.',
      promise: 'a response that names a parameter twice fails the dial',
      guard: noExtension,
      waits: { issue: 'compression, issue 5', what: 'the same where compression was offered' },
    },
    {
      id: 'aiohttp#12988',
      product: 'aiohttp',
      side: 'both',
      flaw: 'A ping between the fragments of a compressed message lost the state of that message.',
      promise: 'pings between fragments leave the message whole, also in the middle of a character',
      guard: {
        file: protocol,
        remove: 'this.#pendingPongs.push(payload);',
        instead: 'this.#pendingPongs.push(payload);\n        this.#assembler = new MessageAssembler();',
      },
      waits: { issue: 'compression, issue 5', what: 'the same with compressed frames' },
    },
    {
      id: 'aiohttp#13274',
      product: 'aiohttp',
      side: 'both',
      flaw: 'After a pong as the first frame, compressed messages were refused.',
      promise: 'a pong first, and pongs between fragments, change nothing for the messages after them',
      guard: {
        file: protocol,
        remove: "return { type: 'pong', payload };",
        instead: "this.#assembler = new MessageAssembler();\n        return { type: 'pong', payload };",
      },
      waits: { issue: 'compression, issue 5', what: 'the same with compressed frames' },
    },
  ],
} as const satisfies Theme;
