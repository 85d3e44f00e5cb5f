import { HoldfastError } from '../errors.ts';
import { type Frame, isControl, isOpcode, maxControlPayloadBytes } from './frame.ts';

/** What `encodeFrame` takes: a Frame, where a missing `fin` is true and missing reserved bits are false. */
export type FrameInit = Pick<Frame, 'opcode' | 'payload'> & Partial<Frame>;

/** How many bytes stand before the payload. */
export function headerBytes(payloadBytes: number, isMasked: boolean): number {
  return 2 + extendedLengthBytes(payloadBytes) + (isMasked ? 4 : 0);
}

/** The first byte of a frame: FIN, the reserved bits and the opcode. */
export function firstByte({ fin = true, rsv1 = false, rsv2 = false, rsv3 = false, opcode }: FrameInit): number {
  return (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0) | opcode;
}

/** Writes the header of a frame (RFC 6455 5.2) to its place, with the shortest form of the length; answers where it ends. */
export function writeHeader(
  bytes: Uint8Array,
  at: number,
  first: number,
  payloadBytes: number,
  maskingKey: Uint8Array | undefined,
): number {
  const masked = maskingKey ? 0x80 : 0;
  const extended = extendedLengthBytes(payloadBytes);
  bytes[at] = first;
  bytes[at + 1] = masked | (extended === 0 ? payloadBytes : extended === 2 ? 126 : 127);
  let end = at + 2 + extended;
  if (extended > 0) writeLength(bytes, at + 2, end, payloadBytes);
  if (!maskingKey) return end;
  for (let i = 0; i < 4; i++) bytes[end++] = maskingKey[i] as number;
  return end;
}

/** In network byte order. */
function writeLength(bytes: Uint8Array, start: number, end: number, payloadBytes: number): void {
  let rest = payloadBytes;
  for (let place = end - 1; place >= start; place--) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
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
