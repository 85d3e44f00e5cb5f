import { type MessageCodec, Protocol, type ProtocolEvent, type ProtocolOptions } from '@holdfast/core';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import type { DeflateSide } from '../../../packages/node/src/deflate/negotiation.ts';
import { resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import type { MakeProtocol } from '../feed/protocol-side.ts';
import type { Broken } from './protocols.ts';

/** A Protocol whose codec is another than what was agreed on. */
const withCodec =
  (create: (options: ProtocolOptions) => MessageCodec): MakeProtocol =>
  (options) =>
    new Protocol({ ...options, codec: create(options) });

const compressingBy = (side: DeflateSide): MakeProtocol =>
  withCodec(({ role }) => {
    const [options] = resolveCompression({ thresholdBytes: 0 }, true);
    return new DeflateCodec(role, { text: '', server: side, client: side, options: options! });
  });

const limitless = withCodec(({ codec }) => ({
  encode: (payload) => codec?.encode(payload),
  decode: (fragment, fin) => codec?.decode(fragment, fin, Number.POSITIVE_INFINITY),
  maxEncodedBytes: (bytes) => bytes + 1000,
}));

class SetsNoBit extends Protocol {
  override takeOutput(): Uint8Array[] {
    return super.takeOutput().map((frame) => frame.map((byte, at) => (at === 0 ? byte & 0xbf : byte)));
  }
}

class IgnoresRsv1 extends Protocol {
  override receive(chunk: Uint8Array): ProtocolEvent[] {
    return super.receive(chunk.map((byte, at) => (at === 0 ? byte & 0xbf : byte)));
  }
}

/** Faults in how messages are compressed, or in how they are read. */
export const brokenCodecs: readonly Broken[] = [
  {
    fault: 'compresses by a larger window than was agreed on',
    role: 'server',
    make: compressingBy({ windowBits: 15, keepsContext: true }),
    rule: 'A thousand texts of 300 bytes, by permessage-deflate; server_max_window_bits=9; client_max_window_bits=9',
    says: /expected frames that a peer may be sent, got a reference to \d+ bytes back/,
  },
  {
    fault: 'goes on with its window where it was to begin anew',
    role: 'client',
    make: compressingBy({ windowBits: 15, keepsContext: true }),
    rule: 'Each message by itself, where no window goes on',
    says: /expected frames that a peer may be sent, got a reference to \d+ bytes before/,
  },
  {
    fault: 'does not say that a message is compressed',
    role: 'server',
    make: (options) => new SetsNoBit(options),
    rule: '“Hello” in one block',
    says: /expected a frame of a compressed message, got a text frame, 7 bytes/,
  },
  {
    fault: 'takes RSV1 on a ping',
    role: 'client',
    make: (options) => new IgnoresRsv1(options),
    rule: 'A ping with RSV1 is refused, though compression was agreed on',
    says: /expected our side to hear the fault reserved-bits, got our side to hear a ping/,
  },
  {
    fault: 'inflates without a limit',
    role: 'server',
    make: limitless,
    rule: 'A compressed text of one byte more is refused',
    says: /expected our side to hear the fault message-too-large, got our side to hear a text/,
  },
];
