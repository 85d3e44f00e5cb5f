import { checkFrame, type FrameInit, headerBytes, writeHeader } from './frame-header.ts';
import { copyMasked } from './mask.ts';

/**
 * The bytes of a frame (RFC 6455 5.2), fresh, with the shortest form of the length; masked when there is a key.
 * Throws `invalid-frame` on what no peer would take: a reserved opcode, a control frame in pieces or over 125 bytes,
 * a key that is not 4 bytes.
 */
export function encodeFrame(frame: FrameInit): Uint8Array {
  checkFrame(frame);
  const bytes = new Uint8Array(
    headerBytes(frame.payload.length, frame.maskingKey !== undefined) + frame.payload.length,
  );
  writeFrame(bytes, 0, frame);
  return bytes;
}

/** Writes a frame that was checked to its place, and answers where it ends. */
export function writeFrame(bytes: Uint8Array, at: number, frame: FrameInit): number {
  const { payload, maskingKey } = frame;
  const payloadAt = at + headerBytes(payload.length, maskingKey !== undefined);
  writeHeader(bytes, at, frame);
  if (maskingKey) copyMasked(bytes, payloadAt, payload, maskingKey);
  else bytes.set(payload, payloadAt);
  return payloadAt + payload.length;
}
