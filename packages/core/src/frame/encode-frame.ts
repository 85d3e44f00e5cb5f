import { checkFrame, firstByte, type FrameInit, headerBytes, writeHeader } from './frame-header.ts';
import { copyMasked } from './mask.ts';

/**
 * The bytes of a frame (RFC 6455 5.2), fresh, with the shortest form of the length; masked when there is a key.
 * Throws `invalid-frame` on what no peer would take: a reserved opcode, a control frame in pieces or over 125 bytes,
 * a key that is not 4 bytes.
 */
export function encodeFrame(frame: FrameInit): Uint8Array {
  checkFrame(frame);
  const { payload, maskingKey } = frame;
  const bytes = new Uint8Array(headerBytes(payload.length, maskingKey !== undefined) + payload.length);
  const payloadAt = writeHeader(bytes, 0, firstByte(frame), payload.length, maskingKey);
  if (maskingKey) copyMasked(bytes, payloadAt, payload, maskingKey);
  else bytes.set(payload, payloadAt);
  return bytes;
}
