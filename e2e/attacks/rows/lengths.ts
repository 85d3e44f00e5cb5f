import type { Theme } from '../row.ts';

const decoder = 'packages/core/src/frame/frame-reader.ts';
const assembler = 'packages/core/src/message/message-assembler.ts';

/** Lengths that a peer announces. */
export const lengths = {
  name: 'lengths',
  title: 'Lengths that a peer announces',
  rows: [
    {
      id: 'CVE-2026-1528',
      product: 'undici',
      side: 'client',
      flaw: 'A length of 64 bits overflowed the parser and ended the process.',
      promise: 'the largest lengths that 64 bits can tell are refused with 1009 by the header alone',
      guard: {
        file: decoder,
        remove: 'if (payloadBytes > this.#maxFrameBytes && !isControl(opcode)) throw',
        instead: 'if (payloadBytes > 2 ** 64 && !isControl(opcode)) throw',
      },
    },
    {
      id: 'CVE-2026-43678',
      product: 'swift-nio',
      side: 'both',
      flaw: 'A length with its top bit set was converted without a check, which ended the process.',
      promise: 'a length with its top bit set is refused with 1002 by the first byte that shows it',
      guard: { file: decoder, remove: 'if (byte >= 0x80) throw fault(', instead: 'if (byte > 0xff) throw fault(' },
    },
    {
      id: 'CVE-2022-35922',
      product: 'rust websocket',
      side: 'both',
      flaw: 'Memory was taken for the length that a header announced, before anything had arrived.',
      promise: 'a header that announces 16 MiB takes no memory for them',
      guard: {
        file: decoder,
        remove: 'this.payloadBytes = payloadBytes;',
        instead: `this.payloadBytes = payloadBytes;
    Object.assign(this, { announced: new Uint8Array(payloadBytes) });`,
      },
    },
    {
      id: 'CVE-2016-10542',
      product: 'ws',
      side: 'server',
      flaw: 'There was no limit on the size of a message unless the app set one.',
      promise: 'what is longer than 16 MiB is refused with 1009 when no option says otherwise, in one frame or in many',
      guard: {
        file: decoder,
        remove: 'defaultMaxFrameBytes: number = 16 * 1024 * 1024',
        instead: 'defaultMaxFrameBytes: number = Number.POSITIVE_INFINITY',
      },
    },
    {
      id: 'CVE-2026-54466',
      product: 'websocket-driver',
      side: 'server',
      flaw: 'A length past 2^53 lost its last digits in a number of JavaScript, so that frames were cut in the wrong place.',
      promise: 'lengths past 2^53 are refused, also where the app allows all that a number can tell exactly',
      guard: {
        file: decoder,
        remove: 'length = length * 256 + this.#queue.byteAt(at);',
        instead: 'length = Math.min(length * 256 + this.#queue.byteAt(at), Number.MAX_SAFE_INTEGER);',
      },
    },
    {
      id: 'CVE-2020-27813',
      product: 'gorilla/websocket',
      side: 'both',
      flaw: 'Sums of lengths overflowed an integer, and the limit of the app was passed.',
      promise: 'a length of 2^32 and a little is not taken for the little',
      guard: {
        file: decoder,
        remove: 'length = length * 256 + this.#queue.byteAt(at);',
        instead: 'length = ((length << 8) | this.#queue.byteAt(at)) >>> 0;',
      },
    },
    {
      id: 'CVE-2021-21419',
      product: 'eventlet',
      side: 'both',
      flaw: 'Frames of any size, plain or compressed, were collected in memory.',
      promise:
        'a frame of one byte over the limit of the app is refused by its header, one at the limit is taken, compressed too',
      guard: {
        file: decoder,
        remove: 'this.#maxFrameBytes = maxFrameBytes;',
        instead: 'this.#maxFrameBytes = Math.max(maxFrameBytes, defaultMaxFrameBytes);',
      },
    },
    {
      id: 'resiprocate#478',
      product: 'reSIProcate',
      side: 'both',
      flaw: 'The sum of what had arrived and what was announced wrapped to a small number and passed the limit.',
      promise: 'a fragment whose length would wrap the sum at 32 or 64 bits is refused with 1009',
      guard: {
        file: assembler,
        remove: 'else if (this.#bytes + payloadBytes > this.#maxMessageBytes) {',
        instead: 'else if (((this.#bytes + payloadBytes) | 0) > this.#maxMessageBytes) {',
      },
    },
    {
      id: 'baresip/re#1584',
      product: 'baresip re',
      side: 'server',
      flaw: 'The mask of 4 bytes and the length were added, wrapped to nothing, and memory behind the frame was unmasked.',
      promise: 'a masked frame is given out when all of its length is there, also where 4 more would wrap',
      guard: {
        file: decoder,
        remove: 'if (this.payloadBytes <= this.#queue.length) return true;',
        instead: 'if (((this.payloadBytes + 4) | 0) - 4 <= this.#queue.length) return true;',
      },
    },
  ],
} as const satisfies Theme;
