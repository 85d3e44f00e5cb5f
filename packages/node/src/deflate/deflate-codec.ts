import type { MessageCodec } from '@holdfast/core';
import { Compressor } from './compressor.ts';
import { Decompressor } from './decompressor.ts';
import type { DeflateAgreement } from './negotiation.ts';

/** permessage-deflate as it was agreed on, for one connection (RFC 7692 7). */
export class DeflateCodec implements MessageCodec {
  /** Codecs of the same kind encode a message alike; `undefined` where that depends on the messages before. */
  readonly kind: string | undefined;
  readonly #compressor: Compressor;
  readonly #decompressor: Decompressor;
  #isClosed = false;

  constructor(role: 'client' | 'server', agreement: DeflateAgreement) {
    const [ours, peers] = role === 'client' ? (['client', 'server'] as const) : (['server', 'client'] as const);
    const { windowBits, keepsContext } = agreement[ours];
    const { level, memLevel, thresholdBytes } = agreement.options;
    this.kind = keepsContext ? undefined : [windowBits, level, memLevel, thresholdBytes].join();
    this.#compressor = new Compressor(agreement[ours], agreement.options);
    this.#decompressor = new Decompressor(agreement[peers]);
  }

  encode(payload: Uint8Array): Uint8Array | undefined {
    return this.#isClosed ? undefined : this.#compressor.compress(payload);
  }

  decode(fragment: Uint8Array, fin: boolean, maxBytes: number): Uint8Array | undefined {
    return this.#decompressor.decompress(fragment, fin, maxBytes);
  }

  /** DEFLATE makes nothing longer by more than an eighth, but for the headers of a few blocks. */
  maxEncodedBytes(bytes: number): number {
    return bytes + bytes / 8 + 1024;
  }

  /** Gives the memory back. What is still to be sent then goes as it is. */
  close(): void {
    this.#isClosed = true;
    this.#compressor.close();
    this.#decompressor.close();
  }
}
