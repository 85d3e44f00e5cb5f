import { encodeFrame } from '../frame/encode-frame.ts';
import { Opcode } from '../frame/frame.ts';
import { encodeUtf8, type Outgoing, viewBytes } from '../message.ts';
import type { MessageCodec } from './message-codec.ts';

/** A message as the one frame that a server sends, made once for many connections. */
export interface EncodedMessage {
  readonly bytes: Uint8Array;
  /** How long the message is, in bytes. */
  readonly payloadBytes: number;
}

/**
 * Encodes a message, text without lone surrogates, for `Protocol.sendEncoded`, by the codec of those whom it goes to, if they
 * have one. The bytes are fresh.
 */
export function encodeMessage(message: Outgoing, codec?: MessageCodec): EncodedMessage {
  const isText = typeof message === 'string';
  const payload = isText ? encodeUtf8(message) : viewBytes(message);
  const encoded = codec?.encode(payload);
  const bytes = encodeFrame({
    opcode: isText ? Opcode.Text : Opcode.Binary,
    rsv1: encoded !== undefined,
    payload: encoded ?? payload,
  });
  return { bytes, payloadBytes: payload.length };
}
