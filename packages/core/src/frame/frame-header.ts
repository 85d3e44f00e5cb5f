import { HoldfastError } from '../errors.ts';
import { type Frame, isControl, isOpcode, maxControlPayloadBytes } from './frame.ts';

/** What `encodeFrame` takes: a Frame, where a missing `fin` is true and missing reserved bits are false. */
export type FrameInit = Pick<Frame, 'opcode' | 'payload'> & Partial<Frame>;

/** How many bytes stand before the payload. */
export function headerBytes(payloadBytes: number, isMasked: boolean): number {
  return 2 + extendedLengthBytes(payloadBytes) + (isMasked ? 4 : 0);
}

/** Writes the header of a frame (RFC 6455 5.2) to its place, with the shortest form of the length. */
export function writeHeader(bytes: Uint8Array, at: number, frame: FrameInit): void {
  const { fin = true, rsv1 = false, rsv2 = false, rsv3 = false, opcode, maskingKey, payload } = frame;
  const masked = maskingKey ? 0x80 : 0;
  bytes[at] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0) | opcode;

  const extended = extendedLengthBytes(payload.length);
  if (extended === 0) bytes[at + 1] = masked | payload.length;
  else {
    bytes[at + 1] = masked | (extended === 2 ? 126 : 127);
    let rest = payload.length;
    for (let place = at + 1 + extended; place >= at + 2; place--) {
      bytes[place] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
  if (!maskingKey) return;
  const keyAt = at + 2 + extended;
  for (let i = 0; i < 4; i++) bytes[keyAt + i] = maskingKey[i] as number;
}

/** Throws `invalid-frame` on what no peer would take. */
export function checkFrame({ fin = true, opcode, payload, maskingKey }: FrameInit): void {
  if (!isOpcode(opcode)) {
    throw new HoldfastError('invalid-frame', `opcode ${String(opcode)}: RFC 6455 defines 0, 1, 2, 8, 9 and 10`);
  }
  if (isControl(opcode) && !fin) {
    throw new HoldfastError('invalid-frame', 'a control frame cannot be a fragment: fin must be true');
  }
  if (isControl(opcode) && payload.length > maxControlPayloadBytes) {
    throw new HoldfastError(
      'invalid-frame',
      `control frame of ${payload.length} bytes: at most ${maxControlPayloadBytes} are allowed`,
    );
  }
  if (maskingKey && maskingKey.length !== 4) {
    throw new HoldfastError('invalid-frame', `masking key of ${maskingKey.length} bytes: it has 4`);
  }
}

/** How many bytes the length takes beyond its first 7 bits: the minimal number must be used (RFC 6455 5.2). */
function extendedLengthBytes(payloadBytes: number): 0 | 2 | 8 {
  if (payloadBytes <= 125) return 0;
  return payloadBytes <= 0xffff ? 2 : 8;
}
