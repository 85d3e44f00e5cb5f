import { constants, deflateRawSync, type ZlibOptions } from 'node:zlib';
import type { CompressionOptions } from '@holdfast/node';
import { PeerDeflate } from '../wire/peer-deflate.ts';
import type { DeflateSide, PeerFrame, RowCompression } from './row.ts';

/** The four parameters of an answer (RFC 7692 7.1); a window of `undefined` is not spoken of. */
export interface Parameters {
  readonly serverNoTakeover?: boolean;
  readonly clientNoTakeover?: boolean;
  readonly serverBits?: number | undefined;
  readonly clientBits?: number | undefined;
}

/** Our app compresses all that it sends, as quickly as zlib can. */
const everything = { thresholdBytes: 0, level: 1 };

/** permessage-deflate with these parameters, as a server answers them to our client, and a client offers them to our server. */
export function agreedOn(parameters: Parameters = {}, options: true | CompressionOptions = everything): RowCompression {
  const { serverNoTakeover = false, clientNoTakeover = false, serverBits, clientBits } = parameters;
  const answer = parameterText(parameters);
  // Our server does not say that a window is as large as it can be.
  const ours = parameterText({ ...parameters, clientBits: clientBits === 15 ? undefined : clientBits });
  return {
    client: { options, offered: 'permessage-deflate; client_max_window_bits', agreed: answer },
    server: { options, offered: answer, agreed: ours },
    sides: {
      server: { windowBits: serverBits ?? 15, keepsContext: !serverNoTakeover },
      client: { windowBits: clientBits ?? 15, keepsContext: !clientNoTakeover },
    },
  };
}

/** The parameters as a header has them. */
export function parameterText({ serverNoTakeover, clientNoTakeover, serverBits, clientBits }: Parameters): string {
  return [
    'permessage-deflate',
    ...(serverNoTakeover ? ['server_no_context_takeover'] : []),
    ...(clientNoTakeover ? ['client_no_context_takeover'] : []),
    ...(serverBits === undefined ? [] : [`server_max_window_bits=${serverBits}`]),
    ...(clientBits === undefined ? [] : [`client_max_window_bits=${clientBits}`]),
  ].join('; ');
}

/** A window of the largest size that goes on from message to message. */
const wholeWindow: DeflateSide = { windowBits: 15, keepsContext: true };

/** What travels of a message that is compressed by itself (RFC 7692 7.2.1). */
export function deflated(payload: string | Uint8Array, options?: ZlibOptions): Buffer {
  return new PeerDeflate(wholeWindow, options).deflate(Buffer.from(payload as Uint8Array));
}

/** What travels of messages that are compressed one after the other by the same window. */
export function deflatedSeries(...payloads: readonly (string | Uint8Array)[]): Buffer[] {
  const peer = new PeerDeflate(wholeWindow);
  return payloads.map((payload) => peer.deflate(Buffer.from(payload as Uint8Array)));
}

/** What travels of a message whose last block says that it is the last (RFC 7692 7.2.3.4). */
export function deflatedToTheEnd(payload: string | Uint8Array): Buffer {
  return Buffer.concat([deflateRawSync(payload), Buffer.of(0)]);
}

/** Blocks that are joined as zlib joins them when it is flushed between: all but the last keep their tail. */
export function inBlocks(payloads: readonly string[], flush: number = constants.Z_SYNC_FLUSH): Buffer {
  const blocks = payloads.map((payload) => deflateRawSync(payload, { finishFlush: flush }));
  return Buffer.concat(blocks).subarray(0, -4);
}

/** The frames of a compressed message, cut behind so many bytes each. */
export function compressedFrames(opcode: 1 | 2, compressed: Uint8Array, ofBytes: number): PeerFrame[] {
  const count = Math.max(1, Math.ceil(compressed.length / ofBytes));
  return Array.from({ length: count }, (_, at) => ({
    opcode: at === 0 ? opcode : 0,
    rsv: at === 0 ? 4 : 0,
    fin: at === count - 1,
    payload: compressed.subarray(at * ofBytes, (at + 1) * ofBytes),
  }));
}
