import { encodeFrame } from '../frame/encode-frame.ts';
import { Opcode } from '../frame/frame.ts';
import { encodeUtf8, type Outgoing, viewBytes } from '../message.ts';

/** A message as the one frame that a server sends, made once for many connections. */
export interface EncodedMessage {
  readonly bytes: Uint8Array;
  /** How many of them are payload. */
  readonly payloadBytes: number;
}

/** Encodes a message, text without lone surrogates, for `Protocol.sendEncoded`. The bytes are fresh. */
export function encodeMessage(message: Outgoing): EncodedMessage {
  const isText = typeof message === 'string';
  const payload = isText ? encodeUtf8(message) : viewBytes(message);
  const bytes = encodeFrame({ opcode: isText ? Opcode.Text : Opcode.Binary, payload });
  return { bytes, payloadBytes: payload.length };
}
