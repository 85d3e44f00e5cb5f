import type { FrameInit } from '../frame/frame-header.ts';
import { Opcode } from '../frame/frame.ts';

/** Cuts a payload into pieces of at most `maxBytes`, as views; an empty payload is one empty piece. */
export function splitPayload(payload: Uint8Array, maxBytes: number): Uint8Array[] {
  if (payload.length <= maxBytes) return [payload];
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < payload.length; start += maxBytes) {
    pieces.push(payload.subarray(start, start + maxBytes));
  }
  return pieces;
}

/** The frames of one message whose payload comes in these pieces, at least one (RFC 6455 5.4); RSV1 is the first one's. */
export function messageFrames(
  opcode: typeof Opcode.Text | typeof Opcode.Binary,
  pieces: readonly Uint8Array[],
  rsv1 = false,
): FrameInit[] {
  return pieces.map((payload, index) => ({
    fin: index === pieces.length - 1,
    rsv1: rsv1 && index === 0,
    opcode: index === 0 ? opcode : Opcode.Continuation,
    payload,
  }));
}
