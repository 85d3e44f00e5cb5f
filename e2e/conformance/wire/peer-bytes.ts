import type { FramePlace, PeerFrame, Role, SendItem } from '../row/row.ts';
import { fromHex, lengthOf, toBytes } from './payload.ts';

/** The bytes that the peer of our role writes for these. */
export function peerBytes(items: readonly SendItem[], ourRole: Role): Buffer {
  const [only] = items;
  if (items.length === 1 && only) return itemBytes(only, ourRole);
  return Buffer.concat(items.map((item) => itemBytes(item, ourRole)));
}

function itemBytes(item: SendItem, ourRole: Role): Buffer {
  if ('hex' in item) return fromHex(item.hex);
  if ('times' in item) {
    const bytes = frameBytes(item.frame, ourRole);
    return Buffer.alloc(bytes.length * item.times, bytes);
  }
  if ('fragments' in item) return Buffer.concat(fragmentsOf(item).map((frame) => frameBytes(frame, ourRole)));
  return frameBytes(item, ourRole);
}

function fragmentsOf({ opcode, fragments, ofBytes }: Extract<SendItem, { fragments: unknown }>): PeerFrame[] {
  const payload = toBytes(fragments);
  const count = Math.max(1, Math.ceil(payload.length / ofBytes));
  return Array.from({ length: count }, (_, index) => ({
    opcode: index === 0 ? opcode : 0,
    fin: index === count - 1,
    payload: payload.subarray(index * ofBytes, (index + 1) * ofBytes),
  }));
}

/** A frame as the row words it, also where that breaks the rules. */
function frameBytes(frame: PeerFrame, ourRole: Role): Buffer {
  const { payload = '', part = {} } = frame;
  const isMasked = frame.masked ?? ourRole === 'server';
  const key = isMasked ? fromHex(frame.maskingKey ?? keyFor(frame)) : undefined;
  const header = headerBytes(frame, key);
  const bytes = Buffer.from(toBytes(payload));
  if (key) maskInPlace(bytes, key);
  const whole = Buffer.concat([header, bytes]);
  const offsetOf = (place: FramePlace) => ('header' in place ? place.header : header.length + place.payload);
  return whole.subarray(part.from ? offsetOf(part.from) : 0, part.to ? offsetOf(part.to) : whole.length);
}

function headerBytes(frame: PeerFrame, key: Buffer | undefined): Buffer {
  const { fin = true, rsv = 0, opcode, payload = '' } = frame;
  const announced = frame.announced ?? BigInt(lengthOf(payload));
  const bits = frame.lengthBits ?? (announced <= 125n ? 7 : announced <= 0xffffn ? 16 : 64);
  const lengthBytes = bits === 7 ? 0 : bits / 8;
  const header = Buffer.alloc(2 + lengthBytes);
  header[0] = (fin ? 0x80 : 0) + rsv * 16 + opcode;
  header[1] = (key ? 0x80 : 0) + (bits === 7 ? Number(announced) : bits === 16 ? 126 : 127);
  if (bits === 16) header.writeUInt16BE(Number(announced), 2);
  if (bits === 64) header.writeBigUInt64BE(announced, 2);
  return key ? Buffer.concat([header, key]) : header;
}

/** A key that differs from frame to frame and is the same for all parts of one. */
function keyFor({ opcode, payload = '', fin = true }: PeerFrame): string {
  const mixed = Math.imul(lengthOf(payload) * 32 + opcode * 2 + Number(fin) + 1, 0x9e3779b1) >>> 0;
  return mixed.toString(16).padStart(8, '0');
}

/** RFC 6455 5.3, one byte after the other. */
export function maskInPlace(bytes: Uint8Array, key: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i]! ^= key[i % 4]!;
}
